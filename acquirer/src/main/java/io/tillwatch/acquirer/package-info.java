/** To be written. */
package io.tillwatch.acquirer;
