package io.tillwatch.rules.fact;

/**
 * A record under this payment's key was refused. What it would have said is unknown, so no command of the payment is
 * automatic from then on.
 */
public record Taint(String paymentId, long arrivedAtMillis, Feed feed) implements PaymentEvent {}
