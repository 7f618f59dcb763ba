package io.tillwatch.jobs.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A line of input, good unless a test says otherwise. */
final class Line {

    /** When the first record arrives. */
    static final long T = 1_790_000_000_000L;

    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private final Map<String, String> fields = new LinkedHashMap<>();

    static Line request(String paymentId, long at) {
        return authorization("REQUESTED", paymentId, at);
    }

    static Line approval(String paymentId, long at) {
        return authorization("APPROVED", paymentId, at);
    }

    private static Line authorization(String status, String paymentId, long at) {
        return common("a-" + paymentId + "-" + status, paymentId, at)
                .text("kind", "SALE")
                .text("status", status)
                .text("captureMode", "SEPARATE")
                .text("cardToken", "tok-" + paymentId)
                .text("stan", "" + Math.floorMod(paymentId.hashCode(), 1_000_000));
    }

    static Line capture(String paymentId, long at) {
        return common("c-" + paymentId, paymentId, at)
                .text("captureId", paymentId + "-c1")
                .text("status", "ACCEPTED");
    }

    static Line settlement(String paymentId, long at) {
        return common("s-" + paymentId, paymentId, at)
                .text("settlementId", paymentId + "-s1")
                .text("captureId", paymentId + "-c1")
                .text("status", "SETTLED");
    }

    static Line outcome(String paymentId, String commandId, String result, long at) {
        return new Line()
                .text("eventId", "o-" + paymentId)
                .text("commandId", commandId)
                .text("paymentId", paymentId)
                .number("occurredAt", at)
                .text("result", result)
                .number("amount", 1000)
                .text("currency", "EUR");
    }

    private static Line common(String eventId, String paymentId, long at) {
        return new Line()
                .text("eventId", eventId)
                .text("paymentId", paymentId)
                .number("occurredAt", at)
                .text("acquirerId", "acq")
                .text("merchantId", "shop")
                .number("amount", 1000)
                .text("currency", "EUR");
    }

    Line text(String name, String value) {
        fields.put(name, "\"" + value + "\"");
        return this;
    }

    Line number(String name, long value) {
        fields.put(name, Long.toString(value));
        return this;
    }

    Line without(String name) {
        fields.remove(name);
        return this;
    }

    @Override
    public String toString() {
        return fields.entrySet().stream()
                .map(f -> "\"" + f.getKey() + "\":" + f.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
