/** {@code tillwatch replay}. */
package io.tillwatch.cli.replay;
