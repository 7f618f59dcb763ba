package io.tillwatch.cli.chaos;

/**
 * Something that happened at an acquirer, as its simulator is told (docs/acquirer-protocol.md).
 *
 * @param amount minor units of currency
 * @param at milliseconds since the epoch
 */
record BankEvent(
        Type event,
        String eventId,
        String acquirerId,
        String paymentId,
        String merchantId,
        String terminalId,
        String stan,
        String rrn,
        String authCode,
        String captureId,
        long amount,
        String currency,
        String kind,
        Boolean automatic,
        Boolean last,
        long at) {

    /** What happened. */
    enum Type {
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        SETTLED,
        REJECTED,
        REVERSED,
        REFUNDED
    }
}
