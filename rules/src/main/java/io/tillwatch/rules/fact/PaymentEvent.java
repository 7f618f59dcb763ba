package io.tillwatch.rules.fact;

/** Anything that arrives for one payment and takes its place in the order of arrival. */
public sealed interface PaymentEvent permits Fact, Taint {

    /** The payment that it belongs to. */
    String paymentId();

    /** When it arrived: the Kafka record timestamp, which is the only clock that detection knows. */
    long arrivedAtMillis();

    /** The feed that it came from. */
    Feed feed();
}
