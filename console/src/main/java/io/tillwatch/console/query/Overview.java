package io.tillwatch.console.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * How things are, in figures.
 *
 * @param money by currency, the largest first
 * @param remedies commands of the last day by what became of them
 * @param minutes alerts that were raised in the last {@link #MINUTES} minutes, by minute and type
 */
public record Overview(
        Instant at,
        List<Count> severities,
        List<Count> types,
        List<Money> money,
        List<Count> remedies,
        List<Minute> minutes,
        List<Feed> feeds,
        List<AcquirerFeed> acquirerFeeds,
        List<Refused> refused,
        List<Top> acquirers,
        List<Top> merchants,
        List<Top> terminals) {

    public static final int MINUTES = 60;
    private static final int TOP = 8;
    private static final Duration DAY = Duration.ofDays(1);
    /** The alerts that repeat the money of another: a command that goes wrong is about the alert that it was made for. */
    private static final String COUNTED_ONCE = "type NOT IN ('COMMAND_UNANSWERED', 'REMEDY_FAILED')";

    public record Count(String name, long count) {}

    /**
     * In minor units.
     *
     * @param atRisk of what stands
     * @param recovered by commands that were done in the last day
     */
    public record Money(String currency, long atRisk, long recovered) {}

    public record Minute(Instant at, String type, int raised) {}

    /**
     * A feed's topic.
     *
     * @param clockAt how far its slowest partition has come; null if nothing was read
     * @param recordAt its newest record that is no pulse
     */
    public record Feed(String name, Instant clockAt, Instant recordAt, long unreadable) {}

    /** @param silent whether FEED_SILENT stands for it */
    public record AcquirerFeed(String acquirerId, String feed, Instant lastAt, long records, boolean silent) {}

    public record Refused(String feed, String error, long records, Instant lastAt) {}

    /** @param critical how many of the alerts are CRITICAL */
    public record Top(String id, long alerts, long critical) {}

    /** The standing alerts of all severities. */
    public long standing() {
        return severities.stream().mapToLong(Count::count).sum();
    }

    public static Overview read(Jdbi jdbi, Instant now) {
        return jdbi.inTransaction(handle -> {
            // Of one moment: figures of one page must agree.
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            return read(handle, now);
        });
    }

    private static Overview read(Handle handle, Instant now) {
        return new Overview(
                now,
                counts(
                        handle,
                        "SELECT severity, count(*) FROM alert WHERE status = 'RAISED' GROUP BY 1 ORDER BY max(urgency) DESC"),
                counts(
                        handle,
                        "SELECT type, count(*) FROM alert WHERE status = 'RAISED' GROUP BY 1 ORDER BY 2 DESC, 1"),
                money(handle, now),
                remedies(handle, now),
                minutes(handle, now),
                feeds(handle),
                acquirerFeeds(handle),
                refused(handle),
                top(handle, "acquirer_id"),
                top(handle, "merchant_id"),
                top(handle, "terminal_id"));
    }

    private static List<Count> counts(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((row, context) -> new Count(row.getString(1), row.getLong(2)))
                .list();
    }

    private static List<Money> money(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT currency, sum(risk) AS risk, sum(recovered) AS recovered FROM ("
                                + "SELECT currency, abs(amount) AS risk, 0 AS recovered FROM alert WHERE status = 'RAISED'"
                                + " AND amount IS NOT NULL AND " + COUNTED_ONCE
                                + " UNION ALL SELECT currency, 0, abs(amount) FROM outcome"
                                + " WHERE result = 'DONE' AND occurred_at > :since) m GROUP BY currency ORDER BY count(*) DESC, currency")
                .bind("since", now.minus(DAY))
                .map((row, context) ->
                        new Money(row.getString("currency"), row.getLong("risk"), row.getLong("recovered")))
                .list();
    }

    private static List<Count> remedies(Handle handle, Instant now) {
        return handle.createQuery("SELECT CASE WHEN o.result IS NOT NULL THEN o.result WHEN c.status = 'WITHDRAWN'"
                        + " THEN 'WITHDRAWN' WHEN c.approval = 'REQUIRED' THEN 'WAITS' ELSE 'UNDER_WAY' END AS state, count(*)"
                        + " FROM command c LEFT JOIN outcome o ON o.command_id = c.command_id WHERE c.issued_at > :since"
                        + " GROUP BY 1 ORDER BY 2 DESC, 1")
                .bind("since", now.minus(DAY))
                .map((row, context) -> new Count(row.getString(1), row.getLong(2)))
                .list();
    }

    private static List<Minute> minutes(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT minute, type, raised FROM alert_minute WHERE minute > :since ORDER BY minute, type")
                .bind("since", now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(MINUTES)))
                .map((row, context) ->
                        new Minute(AlertRow.time(row, "minute"), row.getString("type"), row.getInt("raised")))
                .list();
    }

    private static List<Feed> feeds(Handle handle) {
        return handle.createQuery("SELECT topic, min(clock_at) AS clock_at, max(record_at) AS record_at,"
                        + " sum(unreadable) AS unreadable FROM position WHERE topic IN"
                        + " ('authorizations', 'captures', 'settlements', 'reversals', 'outcomes') GROUP BY topic"
                        + " ORDER BY array_position(ARRAY['authorizations', 'captures', 'settlements', 'reversals', 'outcomes'],"
                        + " topic)")
                .map((row, context) -> new Feed(
                        row.getString("topic"),
                        AlertRow.time(row, "clock_at"),
                        AlertRow.time(row, "record_at"),
                        row.getLong("unreadable")))
                .list();
    }

    private static List<AcquirerFeed> acquirerFeeds(Handle handle) {
        // FEED_SILENT speaks of responses where the topic is that of authorizations.
        return handle.createQuery("SELECT f.acquirer_id, f.feed, f.last_at, f.records, EXISTS (SELECT 1 FROM alert a"
                        + " WHERE a.status = 'RAISED' AND a.alert_id = 'FEED_SILENT:' || CASE f.feed WHEN 'authorizations'"
                        + " THEN 'responses' ELSE f.feed END || ':' || f.acquirer_id) AS silent"
                        + " FROM feed_acquirer f ORDER BY 1, 2 LIMIT 200")
                .map((row, context) -> new AcquirerFeed(
                        row.getString("acquirer_id"),
                        row.getString("feed"),
                        AlertRow.time(row, "last_at"),
                        row.getLong("records"),
                        row.getBoolean("silent")))
                .list();
    }

    private static List<Refused> refused(Handle handle) {
        return handle.createQuery(
                        "SELECT feed, error, records, last_at FROM dead_letter ORDER BY last_at DESC LIMIT 20")
                .map((row, context) -> new Refused(
                        row.getString("feed"),
                        row.getString("error"),
                        row.getLong("records"),
                        AlertRow.time(row, "last_at")))
                .list();
    }

    private static List<Top> top(Handle handle, String column) {
        return handle.createQuery("SELECT " + column + ", count(*), count(*) FILTER (WHERE severity = 'CRITICAL')"
                        + " FROM alert WHERE status = 'RAISED' AND " + column + " IS NOT NULL"
                        + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + TOP)
                .map((row, context) -> new Top(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }
}
