/** Work that goes on by itself. */
package io.tillwatch.serving.work;
