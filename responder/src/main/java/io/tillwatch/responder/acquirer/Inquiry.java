package io.tillwatch.responder.acquirer;

/**
 * A question about a payment.
 *
 * @param commandId about the effect of which it asks; null if about none
 * @param target the payment, and the capture or attempt that matters
 */
public record Inquiry(String commandId, Target target) {}
