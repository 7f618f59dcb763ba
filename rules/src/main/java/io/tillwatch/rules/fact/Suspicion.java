package io.tillwatch.rules.fact;

/**
 * What the duplicates job holds of a payment at a moment.
 *
 * @param paymentId the later of the two payments
 * @param ofPaymentId the earliest payment that it may repeat; null when the confidence is NONE
 * @param occurredAtMillis the detector's clock at which it was found
 */
public record Suspicion(
        String eventId,
        String paymentId,
        String ofPaymentId,
        long occurredAtMillis,
        long arrivedAtMillis,
        Confidence confidence)
        implements Fact {

    /** How sure it is. */
    public enum Confidence {
        /** The same terminal and trace number, or the same reference. */
        EXACT,
        /** The same card, merchant, amount, currency and kind within the window. */
        SUSPECTED,
        /** It no longer holds. */
        NONE
    }

    /** The suspicion with its identity made from what it says. */
    public static Suspicion found(String paymentId, String ofPaymentId, long foundAtMillis, Confidence confidence) {
        String eventId = paymentId + ":DUPLICATE:" + foundAtMillis;
        return new Suspicion(eventId, paymentId, ofPaymentId, foundAtMillis, foundAtMillis, confidence);
    }

    @Override
    public Feed feed() {
        return Feed.SUSPICIONS;
    }
}
