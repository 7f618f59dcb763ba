/** The console's own figures, in Prometheus' form. */
package io.tillwatch.console.monitor;
