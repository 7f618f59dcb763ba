package io.tillwatch.console.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** All that is known of one payment, as a line of time. */
public final class Payments {

    private static final int ROWS_MAX = 500;

    private final Jdbi jdbi;

    public Payments(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param alerts those about it, the newest first */
    public record Payment(String paymentId, List<AlertRow> alerts, List<Entry> timeline) {
        public Payment {
            alerts = List.copyOf(alerts);
            timeline = List.copyOf(timeline);
        }

        public boolean isKnown() {
            return !timeline.isEmpty();
        }
    }

    /**
     * Something that happened. What it does not have is null.
     *
     * @param at on the clock of whoever says so
     * @param what authorizations, captures, settlements, reversals, alert, command or outcome
     * @param arrivedAt of a feed's record: when Kafka took it
     * @param kind SALE, VOID, REVERSE and so on; of an alert its type
     * @param id of the record, alert or command
     * @param code of the response; of an alert its cause, of a command why a person must approve
     * @param note an outcome's detail
     */
    public record Entry(
            Instant at,
            String what,
            Instant arrivedAt,
            String kind,
            String status,
            String severity,
            Long amount,
            String currency,
            String id,
            String subject,
            String code,
            String acquirerId,
            String merchantId,
            String terminalId,
            String note) {}

    public Payment of(String paymentId) {
        return jdbi.withHandle(handle -> {
            List<Entry> entries = new ArrayList<>();
            entries.addAll(records(handle, paymentId));
            entries.addAll(changes(handle, paymentId));
            entries.addAll(commands(handle, paymentId));
            entries.addAll(outcomes(handle, paymentId));
            entries.sort(Comparator.comparing(Entry::at));
            List<AlertRow> alerts = handle.createQuery(AlertRow.SELECT + AlertRow.FROM
                            + " WHERE a.payment_id = :paymentId ORDER BY a.status DESC, a.detected_at DESC LIMIT "
                            + ROWS_MAX)
                    .bind("paymentId", paymentId)
                    .map((row, context) -> AlertRow.of(row))
                    .list();
            return new Payment(paymentId, alerts, entries);
        });
    }

    private static List<Entry> records(Handle handle, String paymentId) {
        return handle.createQuery(
                        "SELECT * FROM feed_record WHERE payment_id = :paymentId ORDER BY arrived_at DESC LIMIT "
                                + ROWS_MAX)
                .bind("paymentId", paymentId)
                .map((row, context) -> new Entry(
                        AlertRow.time(row, "occurred_at"),
                        row.getString("feed"),
                        AlertRow.time(row, "arrived_at"),
                        row.getString("kind"),
                        row.getString("status"),
                        null,
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getString("event_id"),
                        row.getString("subject"),
                        row.getString("response_code"),
                        row.getString("acquirer_id"),
                        row.getString("merchant_id"),
                        row.getString("terminal_id"),
                        null))
                .list();
    }

    private static List<Entry> changes(Handle handle, String paymentId) {
        return handle.createQuery("SELECT h.*, a.type, a.acquirer_id, a.merchant_id, a.terminal_id FROM alert_change h"
                        + " JOIN alert a ON a.alert_id = h.alert_id WHERE a.payment_id = :paymentId"
                        + " ORDER BY h.detected_at DESC LIMIT " + ROWS_MAX)
                .bind("paymentId", paymentId)
                .map((row, context) -> new Entry(
                        AlertRow.time(row, "detected_at"),
                        "alert",
                        null,
                        row.getString("type"),
                        row.getString("status"),
                        row.getString("severity"),
                        row.getObject("amount", Long.class),
                        row.getString("currency"),
                        row.getString("alert_id"),
                        Integer.toString(row.getInt("revision")),
                        row.getString("cause"),
                        row.getString("acquirer_id"),
                        row.getString("merchant_id"),
                        row.getString("terminal_id"),
                        null))
                .list();
    }

    private static List<Entry> commands(Handle handle, String paymentId) {
        return handle.createQuery("SELECT * FROM command WHERE payment_id = :paymentId LIMIT " + ROWS_MAX)
                .bind("paymentId", paymentId)
                .map((row, context) -> new Entry(
                        AlertRow.time(row, "issued_at"),
                        "command",
                        null,
                        row.getString("action"),
                        row.getString("status"),
                        null,
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getString("command_id"),
                        null,
                        row.getString("approval_reason"),
                        row.getString("acquirer_id"),
                        row.getString("merchant_id"),
                        row.getString("terminal_id"),
                        null))
                .list();
    }

    private static List<Entry> outcomes(Handle handle, String paymentId) {
        return handle.createQuery("SELECT * FROM outcome WHERE payment_id = :paymentId LIMIT " + ROWS_MAX)
                .bind("paymentId", paymentId)
                .map((row, context) -> new Entry(
                        AlertRow.time(row, "occurred_at"),
                        "outcome",
                        null,
                        null,
                        row.getString("result"),
                        null,
                        row.getLong("amount"),
                        row.getString("currency"),
                        row.getString("command_id"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        row.getString("detail")))
                .list();
    }
}
