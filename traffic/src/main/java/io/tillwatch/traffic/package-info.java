/** To be written. */
package io.tillwatch.traffic;
