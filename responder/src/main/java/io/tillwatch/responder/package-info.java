/**
 * The responder: turns commands into at most one effect each at the acquirer, and says what became of them. What it
 * promises is in responder/README.md.
 */
package io.tillwatch.responder;
