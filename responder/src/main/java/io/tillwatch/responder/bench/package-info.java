/** How many commands a second a responder gets through on this machine, and that a backlog keeps to an acquirer's rate. */
package io.tillwatch.responder.bench;
