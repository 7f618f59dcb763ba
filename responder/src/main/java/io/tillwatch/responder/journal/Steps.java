package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The steps of a command as single statements. A statement is a transaction by itself where none is under way, so on the
 * usual way from claim to end each step is one exchange with the database and one commit. What is not usual gives no row, and
 * the journal goes through it step by step to find out why.
 */
final class Steps {

    private static final int DETAIL_LENGTH_MAX = 1_024;

    /** Claims a command that nothing speaks against: automatic, wanted, in time, never sent, nobody of its payment ahead. */
    private static final String CLAIM_USUAL = claim("command_id = :id AND state IN ('RECEIVED', 'INQUIRING', 'UNKNOWN')"
            + " AND attempts = 0 AND NOT withdrawn AND hold_reason IS NULL AND approval = 'AUTOMATIC'"
            + " AND action IN ('REVERSE', 'REFUND', 'ADJUST')"
            + " AND due_at <= clock_timestamp() AND expires_at >= clock_timestamp()"
            + " AND (claimed_until IS NULL OR claimed_until < clock_timestamp())"
            + " AND NOT EXISTS (SELECT 1 FROM command o WHERE o.payment_id = command.payment_id"
            + "   AND (o.in_flight OR o.in_doubt))");

    /** Claims a row that is locked and was looked at. */
    private static final String CLAIM = claim("command_id = :id");

    private static final String INTEND = intend("");

    /** As {@link #INTEND}, if no switch is closed and there is no budget that would have to be counted. */
    private static final String INTEND_USUAL = intend(
            " AND NOT EXISTS (SELECT 1 FROM kill_switch WHERE closed AND scope IN (:all, :acquirerScope, :actionScope))"
                    + " AND NOT EXISTS (SELECT 1 FROM budget WHERE acquirer_id IN (:acquirer, '*'))");

    private Steps() {}

    static Optional<Claim> claimUsual(Handle handle, String commandId, JournalSettings settings) {
        return claim(handle, CLAIM_USUAL, commandId, settings).map(row -> claimed(row, Optional.empty()));
    }

    static Claim claim(Handle handle, Row row, JournalSettings settings) {
        Optional<Instant> lastSentAt = row.attempts() == 0 ? Optional.empty() : lastSentAt(handle, row);
        return claimed(claim(handle, CLAIM, row.commandId(), settings).orElseThrow(), lastSentAt);
    }

    static Optional<Intent> intendUsual(
            Handle handle, Claim claim, String inquired, Map<String, String> identifiers, JournalSettings settings) {
        return intend(handle, INTEND_USUAL, claim, inquired, identifiers, settings);
    }

    static Optional<Intent> intend(
            Handle handle, Claim claim, String inquired, Map<String, String> identifiers, JournalSettings settings) {
        return intend(handle, INTEND, claim, inquired, identifiers, settings);
    }

    /**
     * Ends a command.
     *
     * @param from the condition on what it comes from
     * @param exchange the one whose answer ends it
     * @return whether it was the caller's to end
     */
    static boolean end(
            Handle handle,
            Command command,
            long fence,
            String from,
            End end,
            Outbox.Records records,
            Optional<Integer> exchange) {
        return handle.createQuery("WITH ended AS (UPDATE command SET state = :state, state_since = clock_timestamp(),"
                                + " in_flight = false, in_doubt = (:state = 'ESCALATED' AND attempts > 0), claimed_by = NULL, claimed_until = NULL, hold_reason = NULL,"
                                + " detail = :detail, done_amount = :amount, acquirer_reference = :reference"
                                + " WHERE command_id = :id AND fence = :fence AND " + from
                                + " RETURNING command_id, payment_id),"
                                + " told AS (INSERT INTO outbox (topic, record_key, value)"
                                + "   SELECT t.topic, e.payment_id, t.value FROM ended e, (VALUES"
                                + "   ('outcomes', CAST(:outcome AS bytea)), ('reversals', CAST(:reversal AS bytea)))"
                                + "   AS t (topic, value) WHERE t.value IS NOT NULL),"
                                + " off AS (DELETE FROM scheduled_tasks t USING ended e WHERE t.task_name = '"
                                + Schedule.TASK
                                + "'  AND t.task_instance = e.command_id),"
                                + " answered AS (UPDATE attempt a SET answered_at = clock_timestamp(), answer = :detail"
                                + "   FROM ended e WHERE a.command_id = e.command_id AND a.number = CAST(:exchange AS integer))"
                                + " SELECT count(*) FROM ended")
                        .bind("id", command.getCommandId())
                        .bind("fence", fence)
                        .bind("state", end.state().name())
                        .bind("detail", cut(end.detail()))
                        .bind("amount", end.amount())
                        .bind("reference", end.reference())
                        .bind("outcome", records.outcome())
                        .bind("reversal", records.reversal())
                        .bind("exchange", exchange.orElse(null))
                        .mapTo(Long.class)
                        .one()
                == 1;
    }

    static String cut(String text) {
        return text == null || text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX);
    }

    private static String claim(String where) {
        return "WITH claimed AS (UPDATE command SET fence = fence + 1, claimed_by = :by,"
                + " claimed_until = clock_timestamp() + make_interval(secs => :lease), state = 'INQUIRING',"
                + " state_since = clock_timestamp(), inquiries = inquiries + 1, hold_reason = NULL"
                + " WHERE " + where + " RETURNING command_id, " + Row.COLUMNS + "),"
                + " noted AS (INSERT INTO attempt (command_id, number, kind, fence, intent_at)"
                + "   SELECT command_id, attempts + inquiries, 'INQUIRY', fence, clock_timestamp() FROM claimed)"
                + " SELECT * FROM claimed";
    }

    private static Optional<Row> claim(Handle handle, String sql, String commandId, JournalSettings settings) {
        return handle.createQuery(sql)
                .bind("id", commandId)
                .bind("by", settings.instance())
                .bind("lease", seconds(settings))
                .map((row, context) -> Row.read(row))
                .findOne();
    }

    private static Claim claimed(Row row, Optional<Instant> lastSentAt) {
        return new Claim(
                row.command(),
                row.fence(),
                row.attempts(),
                row.unanswered(),
                row.firstSentAt(),
                lastSentAt,
                row.identifiers(),
                row.withdrawn(),
                row.now(),
                System.nanoTime(),
                row.attempts() + row.inquiries());
    }

    private static String intend(String guards) {
        return "WITH intended AS (UPDATE command SET state = 'SENDING', in_flight = true,"
                + " state_since = clock_timestamp(), attempts = attempts + 1,"
                + " first_sent_at = coalesce(first_sent_at, clock_timestamp()),"
                + " identifiers = coalesce(identifiers, CAST(:identifiers AS jsonb)),"
                + " claimed_until = clock_timestamp() + make_interval(secs => :lease), detail = NULL"
                + " WHERE command_id = :id AND fence = :fence AND state = 'INQUIRING' AND attempts = :attempts"
                + " AND claimed_until > clock_timestamp()"
                + " AND not_before <= clock_timestamp() AND expires_at >= clock_timestamp()"
                + " AND (attempts > 0 OR NOT withdrawn)"
                // An inquiry older than what another command of the payment did says nothing.
                + " AND NOT EXISTS (SELECT 1 FROM command o WHERE o.payment_id = command.payment_id"
                + "   AND o.command_id <> command.command_id"
                + "   AND (o.in_flight OR (o.attempts > 0 AND o.state_since > :taken)))" + guards
                + " RETURNING command_id, acquirer_id, currency, amount, attempts, identifiers::text AS identifiers),"
                + " answered AS (UPDATE attempt a SET answered_at = clock_timestamp(), answer = :inquired"
                + "   FROM intended i WHERE a.command_id = i.command_id AND a.number = :exchange),"
                + " noted AS (INSERT INTO attempt (command_id, number, kind, fence, intent_at)"
                + "   SELECT command_id, :exchange + 1, 'SEND', :fence, clock_timestamp() FROM intended),"
                // What an intent spends, once a command.
                + " spending AS (INSERT INTO spent (command_id, acquirer_id, currency, amount, at)"
                + "   SELECT command_id, acquirer_id, currency, abs(amount), clock_timestamp() FROM intended"
                + "   WHERE attempts = 1)"
                + " SELECT identifiers FROM intended";
    }

    private static Optional<Intent> intend(
            Handle handle,
            String sql,
            Claim claim,
            String inquired,
            Map<String, String> identifiers,
            JournalSettings settings) {
        var query = handle.createQuery(sql)
                .bind("id", claim.commandId())
                .bind("fence", claim.fence())
                .bind("attempts", claim.attempts())
                .bind("identifiers", Row.json(identifiers))
                .bind("lease", seconds(settings))
                .bind("taken", claim.takenAt())
                .bind("inquired", cut(inquired))
                .bind("exchange", claim.exchange());
        if (sql.equals(INTEND_USUAL)) {
            Guards.bind(query, claim.command());
        }
        return query.mapTo(String.class)
                .findOne()
                .map(first -> new Intent.Committed(claim.attempts() + 1, Row.identifiers(first), claim.exchange() + 1));
    }

    private static Optional<Instant> lastSentAt(Handle handle, Row row) {
        return handle.createQuery("SELECT max(intent_at) FROM attempt WHERE command_id = :id AND kind = 'SEND'")
                .bind("id", row.commandId())
                .mapTo(Instant.class)
                .findOne();
    }

    private static double seconds(JournalSettings settings) {
        return settings.lease().toMillis() / 1_000.0;
    }
}
