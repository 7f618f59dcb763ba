/** {@code tillwatch bench growth}: what the jobs cost as the payments that are open become many. */
package io.tillwatch.cli.growth;
