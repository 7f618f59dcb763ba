package io.tillwatch.jobs.feed;

import io.tillwatch.rules.fact.PaymentEvent;

/**
 * What one record of a feed comes to: an event of a payment, a dead letter, both (a refused record taints its payment), or
 * neither (a pulse, which only moves the clock).
 *
 * @param arrivedAtMillis when it arrived, which is what the clock goes by
 * @param event the payment's event, or null
 * @param deadLetter the record as it is set aside, or null
 */
public record Inbound(long arrivedAtMillis, PaymentEvent event, DeadLetter deadLetter) {

    /** A sign that the feed is alive and has nothing to say. */
    public static Inbound pulse(long arrivedAtMillis) {
        return new Inbound(arrivedAtMillis, null, null);
    }

    /** Whether it is nothing but a sign of life. */
    public boolean isPulse() {
        return event == null && deadLetter == null;
    }
}
