/** Acquirers that are spoken to in ISO 8583 over TCP: one connection, many exchanges, and no answer taken on trust. */
package io.tillwatch.responder.iso8583;
