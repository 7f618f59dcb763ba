/** {@code ./tillwatch doctor}: looks at a cluster as it is, and says what to change. */
package io.tillwatch.cli.doctor;
