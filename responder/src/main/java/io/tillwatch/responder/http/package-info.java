/** The acquirer that is spoken to in JSON over HTTP, as docs/acquirer-protocol.md says. */
package io.tillwatch.responder.http;
