/** Takes commands from the journal, one turn at a time, and does at the acquirer what the decision says. */
package io.tillwatch.responder.engine;
