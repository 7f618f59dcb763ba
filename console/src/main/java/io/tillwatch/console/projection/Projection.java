package io.tillwatch.console.projection;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The tables. A batch and how far it read are written in one transaction, and a batch that begins where nobody is any more is
 * refused, so each record is taken exactly once, whoever reads and however often. Of an alert the highest revision stands, of a
 * command the highest issue, of outcomes the first; what comes late or again changes nothing.
 */
public final class Projection {

    private static final JsonLines<Alert> ALERTS = JsonLines.of(RecordType.ALERT);
    private static final List<String> TABLES = List.of(
            "alert",
            "alert_change",
            "alert_minute",
            "command",
            "outcome",
            "feed_record",
            "feed_acquirer",
            "dead_letter",
            "policy_change");
    private static final int FORGET_ROWS = 20_000;

    private final Jdbi jdbi;

    public Projection(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Where reading goes on. */
    record Start(int generation, Map<Spot, Long> offsets) {}

    Start start() {
        return jdbi.inTransaction(handle -> {
            Map<Spot, Long> offsets = new HashMap<>();
            int generation = generation(handle);
            handle.createQuery("SELECT topic, partition, next_offset FROM position")
                    .map((row, context) -> Map.entry(new Spot(row.getString(1), row.getInt(2)), row.getLong(3)))
                    .forEach(entry -> offsets.put(entry.getKey(), entry.getValue()));
            return new Start(generation, offsets);
        });
    }

    /** Which projection this is; another one since the reader began means that it must begin again. */
    int generation() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT number FROM generation")
                .mapTo(Integer.class)
                .one());
    }

    private static int generation(Handle handle) {
        return handle.createQuery("SELECT number FROM generation FOR UPDATE")
                .mapTo(Integer.class)
                .one();
    }

    /** Empties all of it; whoever reads begins again at the beginning of the topics. */
    public void beginAnew() {
        jdbi.useTransaction(handle -> {
            generation(handle);
            handle.execute("UPDATE generation SET number = number + 1");
            handle.execute("TRUNCATE position, " + String.join(", ", TABLES));
        });
    }

    /**
     * Takes a batch in.
     *
     * @param from where its first record of each partition was expected, as the reader knew it
     */
    Taken take(int generation, Map<Spot, Long> from, Batch batch) {
        return jdbi.inTransaction(handle -> {
            // The row is also the lock that keeps two consoles on one database in turn.
            if (generation(handle) != generation || !stillAt(handle, from)) {
                return new Taken.Stale();
            }
            alerts(handle, batch.alerts);
            commands(handle, batch.commands);
            outcomes(handle, batch.outcomes);
            FeedTables.write(handle, batch);
            policies(handle, batch.policies);
            positions(handle, batch);
            return new Taken.In(batch.changesPages());
        });
    }

    private static boolean stillAt(Handle handle, Map<Spot, Long> from) {
        Map<Spot, Long> known = new HashMap<>();
        handle.createQuery("SELECT topic, partition, next_offset FROM position")
                .map((row, context) -> Map.entry(new Spot(row.getString(1), row.getInt(2)), row.getLong(3)))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return from.entrySet().stream()
                .allMatch(entry -> known.getOrDefault(entry.getKey(), 0L).equals(entry.getValue()));
    }

    private static void alerts(Handle handle, List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        PreparedBatch changes = handle.prepareBatch(
                "INSERT INTO alert_change (alert_id, revision, status, severity, amount, currency, cause, detected_at)"
                        + " VALUES (:alertId, :revision, :status, :severity, :amount, :currency, :cause, :detectedAt)"
                        + " ON CONFLICT DO NOTHING");
        PreparedBatch minutes = handle.prepareBatch(
                "INSERT INTO alert_minute AS m (minute, type, raised) VALUES (:minute, :type, :raised)"
                        + " ON CONFLICT (minute, type) DO UPDATE SET raised = m.raised + :raised");
        PreparedBatch newest = handle.prepareBatch(
                "INSERT INTO alert AS a (alert_id, revision, status, type, severity, urgency, scope, payment_id, subject,"
                        + " acquirer_id, merchant_id, terminal_id, detected_at, raised_at, amount, currency, cause, command_id,"
                        + " evidence) VALUES (:alertId, :revision, :status, :type, :severity, :urgency, :scope, :paymentId,"
                        + " :subject, :acquirerId, :merchantId, :terminalId, :detectedAt, :detectedAt, :amount, :currency,"
                        + " :cause, :commandId, :evidence) ON CONFLICT (alert_id) DO UPDATE SET"
                        + " revision = excluded.revision, status = excluded.status, severity = excluded.severity,"
                        + " urgency = excluded.urgency, acquirer_id = excluded.acquirer_id, merchant_id = excluded.merchant_id,"
                        + " terminal_id = excluded.terminal_id, detected_at = excluded.detected_at,"
                        + " amount = excluded.amount, currency = excluded.currency, cause = excluded.cause,"
                        + " command_id = excluded.command_id, evidence = excluded.evidence"
                        + " WHERE a.revision < excluded.revision");
        for (Alert alert : alerts) {
            bind(changes, alert);
            bind(newest, alert).bind("evidence", alert.getEvidence() == null ? null : ALERTS.writeString(alert));
            newest.add();
            changes.add();
        }
        int[] fresh = changes.execute();
        newest.execute();
        Map<String, int[]> raised = new TreeMap<>();
        for (int i = 0; i < fresh.length; i++) {
            Alert alert = alerts.get(i);
            if (fresh[i] == 1 && alert.getRevision() == 1 && alert.getStatus() == AlertStatus.RAISED) {
                String key = alert.getDetectedAt().truncatedTo(ChronoUnit.MINUTES) + " " + alert.getType();
                raised.computeIfAbsent(key, any -> new int[1])[0]++;
            }
        }
        raised.forEach((key, count) -> minutes.bind("minute", Instant.parse(key.substring(0, key.indexOf(' '))))
                .bind("type", key.substring(key.indexOf(' ') + 1))
                .bind("raised", count[0])
                .add());
        if (!raised.isEmpty()) {
            minutes.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, Alert alert) {
        return batch.bind("alertId", alert.getAlertId())
                .bind("revision", alert.getRevision())
                .bind("status", alert.getStatus().name())
                .bind("type", alert.getType().name())
                .bind("severity", alert.getSeverity().name())
                .bind("urgency", alert.getSeverity().ordinal())
                .bind("scope", alert.getScope().name())
                .bind("paymentId", alert.getPaymentId())
                .bind("subject", alert.getSubject())
                .bind("acquirerId", alert.getAcquirerId())
                .bind("merchantId", alert.getMerchantId())
                .bind("terminalId", alert.getTerminalId())
                .bind("detectedAt", alert.getDetectedAt())
                .bind("amount", alert.getAmount())
                .bind("currency", alert.getCurrency())
                .bind("cause", alert.getCause().name())
                .bind("commandId", alert.getCommandId());
    }

    private static void commands(Handle handle, List<Command> commands) {
        if (commands.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO command AS c (command_id, issue, status, alert_id, payment_id, acquirer_id, merchant_id,"
                        + " terminal_id, action, amount, currency, approval, approval_reason, issued_at, not_before, expires_at)"
                        + " VALUES (:commandId, :issue, :status, :alertId, :paymentId, :acquirerId, :merchantId, :terminalId,"
                        + " :action, :amount, :currency, :approval, :approvalReason, :issuedAt, :notBefore, :expiresAt)"
                        + " ON CONFLICT (command_id) DO UPDATE SET issue = excluded.issue, status = excluded.status"
                        + " WHERE c.issue < excluded.issue");
        for (Command one : commands) {
            batch.bind("commandId", one.getCommandId())
                    .bind("issue", one.getIssue())
                    .bind("status", one.getStatus().name())
                    .bind("alertId", one.getAlertId())
                    .bind("paymentId", one.getPaymentId())
                    .bind("acquirerId", one.getOriginal().getAcquirerId())
                    .bind("merchantId", one.getOriginal().getMerchantId())
                    .bind("terminalId", one.getOriginal().getTerminalId())
                    .bind("action", one.getAction().name())
                    .bind("amount", one.getAmount())
                    .bind("currency", one.getCurrency())
                    .bind("approval", one.getApproval().name())
                    .bind(
                            "approvalReason",
                            Optional.ofNullable(one.getApprovalReason())
                                    .map(Enum::name)
                                    .orElse(null))
                    .bind("issuedAt", one.getIssuedAt())
                    .bind("notBefore", one.getNotBefore())
                    .bind("expiresAt", one.getExpiresAt())
                    .add();
        }
        batch.execute();
    }

    private static void outcomes(Handle handle, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO outcome (command_id, payment_id, result, amount, currency, occurred_at, detail)"
                        + " VALUES (:commandId, :paymentId, :result, :amount, :currency, :occurredAt, :detail)"
                        + " ON CONFLICT DO NOTHING");
        for (Outcome one : outcomes) {
            batch.bind("commandId", one.getCommandId())
                    .bind("paymentId", one.getPaymentId())
                    .bind("result", one.getResult().name())
                    .bind("amount", one.getAmount())
                    .bind("currency", one.getCurrency())
                    .bind("occurredAt", one.getOccurredAt())
                    .bind("detail", one.getDetail())
                    .add();
        }
        batch.execute();
    }

    private static void policies(Handle handle, List<Batch.PolicyChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO policy_change (partition, at_offset, scope, at, person, reason, content)"
                        + " VALUES (:partition, :offset, :scope, :at, :person, :reason, :content) ON CONFLICT DO NOTHING");
        changes.forEach(one -> batch.bind("partition", one.partition())
                .bind("offset", one.offset())
                .bind("scope", one.scope())
                .bind("at", one.at())
                .bind("person", one.person())
                .bind("reason", one.reason())
                .bind("content", one.content())
                .add());
        batch.execute();
    }

    private static void positions(Handle handle, Batch batch) {
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO position AS p (topic, partition, next_offset, clock_at, record_at, unreadable)"
                        + " VALUES (:topic, :partition, :next, :clockAt, :recordAt, :unreadable)"
                        + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset,"
                        + " clock_at = GREATEST(p.clock_at, excluded.clock_at),"
                        + " record_at = COALESCE(excluded.record_at, p.record_at),"
                        + " unreadable = p.unreadable + excluded.unreadable");
        batch.progress()
                .forEach((spot, progress) -> rows.bind("topic", spot.topic())
                        .bind("partition", spot.partition())
                        .bind("next", progress.nextOffset)
                        .bind("clockAt", progress.clockAt)
                        .bind("recordAt", progress.recordAt)
                        .bind("unreadable", progress.unreadable)
                        .add());
        rows.execute();
    }

    /** Forgets what is older than it is to be kept, a bounded part of it; how many rows it was. */
    public int forget(Duration recordsKeptFor, Duration alertsKeptFor, Instant now) {
        Instant records = now.minus(recordsKeptFor);
        Instant alerts = now.minus(alertsKeptFor);
        List<String> old = new ArrayList<>(List.of(
                "DELETE FROM feed_record WHERE ctid IN (SELECT ctid FROM feed_record WHERE arrived_at < :records LIMIT :rows)",
                "DELETE FROM outcome WHERE ctid IN (SELECT ctid FROM outcome WHERE occurred_at < :alerts LIMIT :rows)",
                "DELETE FROM command WHERE ctid IN (SELECT ctid FROM command WHERE issued_at < :alerts LIMIT :rows)",
                "DELETE FROM alert_minute WHERE minute < :alerts",
                "WITH gone AS (DELETE FROM alert WHERE ctid IN (SELECT ctid FROM alert WHERE detected_at < :alerts"
                        + " AND status = 'CLEARED' LIMIT :rows) RETURNING alert_id)"
                        + " DELETE FROM alert_change c USING gone WHERE c.alert_id = gone.alert_id"));
        int rows = 0;
        for (String sql : old) {
            rows += jdbi.withHandle(handle -> handle.createUpdate(sql)
                    .bind("records", records)
                    .bind("alerts", alerts)
                    .bind("rows", FORGET_ROWS)
                    .execute());
        }
        return rows;
    }
}
