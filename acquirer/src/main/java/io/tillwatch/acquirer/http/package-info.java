/** The acquirer over HTTP, and the simulator's own side. */
package io.tillwatch.acquirer.http;
