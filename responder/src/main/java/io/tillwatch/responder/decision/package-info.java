/** What an acquirer's answer means for a command. Pure: no database, no network, no clock of its own. */
package io.tillwatch.responder.decision;
