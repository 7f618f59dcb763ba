package io.tillwatch.responder.people;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The latest revision of each alert that somebody may have to look at: one with a command or a case, so that its page shows
 * whether it still stands; and one that stands without a command, so that a case can be opened for it. An open case keeps every
 * revision that is seen. Older revisions, and the same once more, change nothing.
 */
public final class AlertViews {

    private static final JsonLines<Alert> LINES = JsonLines.of(RecordType.ALERT);
    private static final int FORGET_ROWS = 5_000;

    private final Jdbi jdbi;

    /** Which alerts are wanted; what is empty does not matter. */
    public record Filter(
            Optional<String> type,
            Optional<String> acquirerId,
            Optional<String> merchantId,
            Optional<String> paymentId,
            boolean withoutCommand) {}

    public AlertViews(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Takes in what was read, in one transaction. */
    public void take(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            PreparedBatch views = handle.prepareBatch(
                    // What has no command and no longer stands is of interest only if it was kept before, or has a
                    // case.
                    "INSERT INTO alert_view (alert_id, revision, status, type, severity, payment_id, acquirer_id, merchant_id,"
                            + " command_id, amount, currency, detected_at, content)"
                            + " SELECT :alertId, :revision, :status, :type, :severity, :paymentId, :acquirerId, :merchantId,"
                            + " CAST(:commandId AS text), :amount, :currency, :detectedAt, CAST(:content AS jsonb)"
                            + " WHERE CAST(:commandId AS text) IS NOT NULL OR :status = 'RAISED'"
                            + " OR EXISTS (SELECT 1 FROM alert_view v WHERE v.alert_id = :alertId)"
                            + " OR EXISTS (SELECT 1 FROM case_file f WHERE f.alert_id = :alertId)"
                            + " ON CONFLICT (alert_id) DO UPDATE SET revision = excluded.revision, status = excluded.status,"
                            + " type = excluded.type, severity = excluded.severity, payment_id = excluded.payment_id,"
                            + " acquirer_id = excluded.acquirer_id, merchant_id = excluded.merchant_id,"
                            + " command_id = excluded.command_id, amount = excluded.amount, currency = excluded.currency,"
                            + " detected_at = excluded.detected_at, content = excluded.content, seen_at = now()"
                            + " WHERE alert_view.revision < excluded.revision");
            PreparedBatch evidence = handle.prepareBatch("INSERT INTO case_evidence (case_id, revision, content)"
                    + " SELECT case_id, :revision, CAST(:content AS jsonb) FROM case_file"
                    + " WHERE alert_id = :alertId AND closed_at IS NULL ON CONFLICT DO NOTHING");
            PreparedBatch gone = handle.prepareBatch("DELETE FROM alert_view WHERE alert_id = :alertId"
                    + " AND status = 'CLEARED' AND command_id IS NULL AND revision <= :revision"
                    + " AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.alert_id = :alertId)");
            for (Alert alert : alerts) {
                String content = LINES.writeString(alert);
                bind(views, alert, content);
                evidence.bind("alertId", alert.getAlertId())
                        .bind("revision", alert.getRevision())
                        .bind("content", content)
                        .add();
                if (alert.getStatus() == AlertStatus.CLEARED && alert.getCommandId() == null) {
                    gone.bind("alertId", alert.getAlertId())
                            .bind("revision", alert.getRevision())
                            .add();
                }
            }
            views.execute();
            evidence.execute();
            if (gone.size() > 0) {
                gone.execute();
            }
        });
    }

    private static void bind(PreparedBatch views, Alert alert, String content) {
        views.bind("alertId", alert.getAlertId())
                .bind("revision", alert.getRevision())
                .bind("status", alert.getStatus().name())
                .bind("type", alert.getType().name())
                .bind("severity", alert.getSeverity().name())
                .bind("paymentId", alert.getPaymentId())
                .bind("acquirerId", alert.getAcquirerId())
                .bind("merchantId", alert.getMerchantId())
                .bind("commandId", alert.getCommandId())
                .bind("amount", alert.getAmount())
                .bind("currency", alert.getCurrency())
                .bind("detectedAt", alert.getDetectedAt())
                .bind("content", content)
                .add();
    }

    /** Those that stand, the newest first. */
    public Page<AlertSummary> standing(Filter filter, Optional<Keyset> after, int itemsMax) {
        Where where = new Where()
                .and("a.status = 'RAISED'")
                .and("a.type = :type", "type", filter.type())
                .and("a.acquirer_id = :acquirerId", "acquirerId", filter.acquirerId())
                .and("a.merchant_id = :merchantId", "merchantId", filter.merchantId())
                .and("a.payment_id = :paymentId", "paymentId", filter.paymentId());
        if (filter.withoutCommand()) {
            where.and("a.command_id IS NULL");
        }
        after.ifPresent(end -> where.after("(a.detected_at, a.alert_id) < (:afterAt, :afterId)", end));
        List<AlertSummary> found = jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = '5s'");
            return where.bind(handle.createQuery(AlertSummary.SELECT + AlertSummary.FROM + where.sql()
                            + " ORDER BY a.detected_at DESC, a.alert_id DESC LIMIT :limit"))
                    .bind("limit", itemsMax + 1)
                    .map((row, context) -> AlertSummary.of(row, null))
                    .list();
        });
        boolean more = found.size() > itemsMax;
        List<AlertSummary> items = more ? found.subList(0, itemsMax) : found;
        AlertSummary last = items.isEmpty() ? null : items.get(items.size() - 1);
        return new Page<>(items, more ? new Keyset(last.detectedAt(), last.alertId()).encode() : null);
    }

    /** One of them, with its evidence. */
    public Optional<AlertSummary> find(String alertId) {
        return jdbi.withHandle(handle -> find(handle, alertId));
    }

    static Optional<AlertSummary> find(Handle handle, String alertId) {
        return handle.createQuery(AlertSummary.SELECT + ", a.content::text AS content" + AlertSummary.FROM
                        + " WHERE a.alert_id = :id")
                .bind("id", alertId)
                .map((row, context) -> AlertSummary.of(row, row.getString("content")))
                .findOne();
    }

    /** Forgets what was not seen for long and has no open case, a bounded part of it; how many it was. */
    public int forget(Duration keptFor) {
        return jdbi.inTransaction(handle -> handle.createUpdate(
                        "DELETE FROM alert_view WHERE alert_id IN (SELECT alert_id FROM alert_view a"
                                + " WHERE seen_at < now() - make_interval(secs => :seconds)"
                                + " AND NOT EXISTS (SELECT 1 FROM case_file f"
                                + " WHERE f.alert_id = a.alert_id AND f.closed_at IS NULL) LIMIT :limit)")
                .bind("seconds", (double) keptFor.toSeconds())
                .bind("limit", FORGET_ROWS)
                .execute());
    }
}
