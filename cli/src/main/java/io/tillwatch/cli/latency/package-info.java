/** {@code tillwatch bench latency}: how long an alert takes. */
package io.tillwatch.cli.latency;
