/** What is said to an acquirer, whatever it is said in. */
package io.tillwatch.responder.acquirer;
