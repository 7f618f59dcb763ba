/** {@code ./tillwatch redrive}: looks at dead letters, and sends them back to their feed, mended or as they are. */
package io.tillwatch.cli.redrive;
