package io.tillwatch.rules.fact;

/** A record of one of the four feeds that the payment's parties write. */
public sealed interface FeedRecord extends Fact permits Authorization, Capture, Settlement, Reversal {

    /** What all four feeds carry. */
    Common common();

    @Override
    default String eventId() {
        return common().eventId();
    }

    @Override
    default String paymentId() {
        return common().paymentId();
    }

    @Override
    default long occurredAtMillis() {
        return common().occurredAtMillis();
    }

    @Override
    default long arrivedAtMillis() {
        return common().arrivedAtMillis();
    }

    default String acquirerId() {
        return common().acquirerId();
    }

    default String merchantId() {
        return common().merchantId();
    }

    /** The terminal (ISO 8583 DE 41), or null. */
    default String terminalId() {
        return common().terminalId();
    }

    /** Minor units of {@link #currency()}. */
    default long amount() {
        return common().amount();
    }

    default String currency() {
        return common().currency();
    }

    /** ISO 8583 DE 39 or the acquirer's own code; null when there is none. */
    default String responseCode() {
        return common().responseCode();
    }

    /**
     * The fields that all four feeds share.
     *
     * @param acquirerId acquiring institution (DE 32)
     * @param merchantId card acceptor (DE 42)
     * @param terminalId terminal (DE 41), or null
     * @param amount minor units, 1 to 10^12
     * @param currency ISO 4217 alpha-3
     * @param responseCode DE 39 or the acquirer's own code, or null
     */
    record Common(
            String eventId,
            String paymentId,
            long occurredAtMillis,
            long arrivedAtMillis,
            String acquirerId,
            String merchantId,
            String terminalId,
            long amount,
            String currency,
            String responseCode) {}
}
