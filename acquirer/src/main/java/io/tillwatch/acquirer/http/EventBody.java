package io.tillwatch.acquirer.http;

import io.tillwatch.acquirer.ledger.Event;

/** An event as the traffic tells it. */
record EventBody(
        Event.Type event,
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
        Event.Kind kind,
        boolean automatic,
        Boolean last,
        long at) {

    /**
     * Checked.
     *
     * @throws IllegalArgumentException if something is missing, or does not go together
     */
    Event checked() {
        require(event != null && event != Event.Type.SETTLED_AHEAD, "event is missing or not one that is told");
        require(acquirerId != null && !acquirerId.isEmpty(), "acquirerId is missing");
        require(paymentId != null && !paymentId.isEmpty(), "paymentId is missing");
        require(currency != null && !currency.isEmpty(), "currency is missing");
        require(amount > 0, "amount is missing, zero or negative");
        boolean authorization = event == Event.Type.AUTHORIZED || event == Event.Type.DECLINED;
        require(!authorization || kind != null, "kind is missing");
        require(!automatic || kind == Event.Kind.SALE, "automatic goes with SALE only");
        return new Event(
                event,
                eventId,
                acquirerId,
                paymentId,
                merchantId,
                terminalId,
                stan,
                rrn,
                authCode,
                captureId,
                amount,
                currency,
                kind,
                automatic,
                last,
                at);
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
