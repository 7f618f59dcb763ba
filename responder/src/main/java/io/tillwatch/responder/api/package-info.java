/** The people's side over HTTP: who may call what, and how it is said. */
package io.tillwatch.responder.api;
