package io.tillwatch.cli.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What somebody changed in a record.
 *
 * @param money amounts and currencies, for people; before and after
 * @param identity what makes it another event, or one of another payment
 */
record Mending(List<String> money, List<String> identity) {

    private static final List<String> MONEY = List.of("amount", "currency", "fee", "originalAmount");
    private static final String UNKNOWN = "?";

    /**
     * Compares.
     *
     * @param originalOrNull what had come in, if it can be read
     * @param keyOrNull the key that it had, as text, if it had one
     */
    static Mending of(SpecificRecordBase originalOrNull, String keyOrNull, SpecificRecordBase mended) {
        List<String> money = new ArrayList<>();
        for (String field : MONEY) {
            compare(originalOrNull, mended, field, money);
        }
        List<String> identity = new ArrayList<>();
        String paymentId = (String) mended.get("paymentId");
        String before = keyOrNull != null
                ? keyOrNull
                : originalOrNull == null ? null : (String) originalOrNull.get("paymentId");
        if (!Objects.equals(before, paymentId)) {
            identity.add(said("paymentId", before == null ? UNKNOWN : before, paymentId));
        }
        String event = originalOrNull == null ? null : (String) originalOrNull.get("eventId");
        // What had no identity, or one that could not be read, must be given one.
        if (event != null && !event.isEmpty() && !event.equals(mended.get("eventId"))) {
            identity.add(said("eventId", event, mended.get("eventId")));
        }
        return new Mending(List.copyOf(money), List.copyOf(identity));
    }

    private static void compare(
            SpecificRecordBase originalOrNull, SpecificRecordBase mended, String field, List<String> changes) {
        Schema.Field known = mended.getSchema().getField(field);
        if (known == null) {
            return;
        }
        Object after = mended.get(known.pos());
        if (originalOrNull == null) {
            if (after != null) {
                changes.add(said(field, UNKNOWN, after));
            }
        } else if (!Objects.equals(originalOrNull.get(known.pos()), after)) {
            changes.add(said(field, originalOrNull.get(known.pos()), after));
        }
    }

    private static String said(String field, Object before, Object after) {
        return field + " " + Veil.text(String.valueOf(before)) + " → " + Veil.text(String.valueOf(after));
    }
}
