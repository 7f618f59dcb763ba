/** To be written. */
package io.tillwatch.postgres;
