/** What tests of the responder begin with. */
package io.tillwatch.responder.given;
