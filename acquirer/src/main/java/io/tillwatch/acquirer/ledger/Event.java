package io.tillwatch.acquirer.ledger;

/**
 * What happened on the acquirer's side without an instruction of ours. Amounts in minor units, times in milliseconds
 * since the epoch.
 *
 * @param event what
 * @param eventId a second event of the payment with it changes nothing; null for events that are told once
 * @param captureId null is the paymentId, except with REVERSED and REFUNDED: then the attempt or the payment as a whole
 * @param kind of an authorization
 * @param automatic the authorization is itself the capture, with the paymentId as its captureId
 * @param last of CAPTURED: no further capture follows, and what is still held of the attempt is let go; null is true
 */
public record Event(
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
        Kind kind,
        boolean automatic,
        Boolean last,
        long at) {

    /** What happened. */
    public enum Type {
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        SETTLED,
        REJECTED,
        REVERSED,
        REFUNDED,
        /** The settlement was made and its record is still to come: the next SETTLED of the capture tells of it. */
        SETTLED_AHEAD
    }

    /** Of an authorization. */
    public enum Kind {
        SALE,
        PREAUTH,
        INCREMENT
    }

    AttemptName attempt() {
        return new AttemptName(stan, rrn);
    }

    String captureIdOrPaymentId() {
        return captureId != null ? captureId : paymentId;
    }

    boolean isLast() {
        return last == null || last;
    }
}
