package io.tillwatch.traffic.acquirer;

/**
 * Something that happened on the acquirer's side, whether or not any feed says so.
 *
 * @param eventId told again with it, nothing changes
 * @param terminalId null where it says nothing, as stan, rrn, authCode, captureId and authorizationKind
 * @param amount minor units of the currency
 * @param authorizationKind SALE, PREAUTH or INCREMENT, of an authorization
 * @param automatic whether the approval is itself the capture
 * @param last of a capture: no further one follows
 */
public record AcquirerEvent(
        Kind kind,
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
        String authorizationKind,
        boolean automatic,
        boolean last) {

    /** What happened. */
    public enum Kind {
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        SETTLED,
        REJECTED,
        REVERSED,
        REFUNDED
    }

    /** Whether it is about an authorization rather than a capture. */
    public boolean ofAuthorization() {
        return kind == Kind.AUTHORIZED || kind == Kind.DECLINED;
    }
}
