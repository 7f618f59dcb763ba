/** {@code tillwatch bench}: how fast it is, and what to measure it with. */
package io.tillwatch.cli.bench;
