package io.tillwatch.responder.people;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * What the journal holds, as metrics beside those that the running program counts itself. They are read from the database when
 * they are asked for, at most every few seconds; every instance says the same, so take the largest, not the sum.
 */
public final class JournalMetrics implements Supplier<String> {

    private static final Duration OPEN_EVERY = Duration.ofSeconds(5);
    /** Ends and what was spent are many, and counting them takes longer. */
    private static final Duration ENDS_EVERY = Duration.ofSeconds(60);

    /** Only of acquirers that have a budget, their own or that of the others; one of nothing is spent. Of amounts the fullest currency. */
    private static final String BUDGETS_SPENT = """
            WITH acquirers AS (
              SELECT acquirer_id FROM budget WHERE acquirer_id <> '*'
              UNION SELECT acquirer_id FROM spent WHERE at > now() - interval '1 hour'
                AND EXISTS (SELECT 1 FROM budget WHERE acquirer_id = '*')),
            limits AS (
              SELECT a.acquirer_id, b.commands_per_minute, b.amount_per_hour FROM acquirers a CROSS JOIN LATERAL
                (SELECT * FROM budget WHERE acquirer_id IN (a.acquirer_id, '*') ORDER BY acquirer_id = '*' LIMIT 1) b)
            SELECT acquirer_id, 'commands',
              coalesce((SELECT count(*) FROM spent s WHERE s.acquirer_id = l.acquirer_id
                AND s.at > now() - interval '1 minute')::float8 / nullif(l.commands_per_minute, 0), 1)
            FROM limits l
            UNION ALL SELECT acquirer_id, 'amount',
              CASE WHEN l.amount_per_hour = 0 THEN 1 ELSE coalesce((SELECT max(total)
                FROM (SELECT sum(amount) AS total FROM spent s WHERE s.acquirer_id = l.acquirer_id
                  AND s.at > now() - interval '1 hour' GROUP BY s.currency) sums)::float8 / l.amount_per_hour, 0) END
            FROM limits l
            """;

    private static final String WITHIN = "SET LOCAL statement_timeout = '5s'";

    private final Jdbi jdbi;
    private final PrometheusMeterRegistry registry;
    private final Clock clock;
    private final MultiGauge commands;
    private final MultiGauge held;
    private final MultiGauge ends;
    private final MultiGauge single;
    private final MultiGauge seconds;
    private final MultiGauge casesOpen;
    private final MultiGauge casesOverdue;
    private final MultiGauge switches;
    private final MultiGauge budgets;
    private final AtomicBoolean readable = new AtomicBoolean();
    private Instant openAt = Instant.EPOCH;
    private Instant endsAt = Instant.EPOCH;

    private record Figure(String name, double value) {}

    /** @param registry also of what the program counts itself */
    public JournalMetrics(Jdbi jdbi, PrometheusMeterRegistry registry, Clock clock) {
        this.jdbi = jdbi;
        this.registry = registry;
        this.clock = clock;
        this.commands = gauge("tillwatch.journal.commands.open", "Commands that have not ended, by state.");
        this.held = gauge("tillwatch.journal.commands.held", "Commands that wait, by what for.");
        this.ends = gauge("tillwatch.journal.commands.ended", "Commands that have ended, by result.");
        this.single = gauge(
                "tillwatch.journal.count",
                "in_flight: commands between their first intent and their end; untold: records that the broker has not taken;"
                        + " awaiting_approval: commands that a person can approve now.");
        this.seconds = gauge(
                "tillwatch.journal.age.seconds", "Of the oldest: open command, record that the broker has not taken.");
        this.casesOpen = gauge("tillwatch.cases.open", "Open cases, by rung.");
        this.casesOverdue = gauge("tillwatch.cases.overdue", "Open cases whose time to answer is over, by rung.");
        this.switches = gauge("tillwatch.switches.closed", "1 for each closed switch.");
        this.budgets = gauge(
                "tillwatch.budgets.spent.ratio",
                "Part of an acquirer's budget that is spent: of its commands per minute, of its amount per hour.");
        registry.gauge("tillwatch.journal.readable", readable, now -> now.get() ? 1 : 0);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** All metrics in Prometheus' text format; those of the journal as they were when it could last be read. */
    @Override
    public String get() {
        try {
            refresh();
            readable.set(true);
        } catch (JdbiException e) {
            readable.set(false);
        }
        return registry.scrape();
    }

    /** Also if the clock was put back meanwhile: figures must not stand still until it has caught up. */
    private static boolean isOver(Duration pause, Instant since, Instant now) {
        return now.isBefore(since) || Duration.between(since, now).compareTo(pause) >= 0;
    }

    private synchronized void refresh() {
        Instant now = clock.instant();
        if (isOver(OPEN_EVERY, openAt, now)) {
            jdbi.useTransaction(this::refreshOpen);
            openAt = now;
        }
        if (isOver(ENDS_EVERY, endsAt, now)) {
            jdbi.useTransaction(handle -> {
                handle.execute(WITHIN);
                set(
                        ends,
                        "result",
                        read(
                                handle,
                                "SELECT s, (SELECT count(*) FROM command WHERE state = s"
                                        + " AND state IN ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED'))"
                                        + " FROM unnest(ARRAY['DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED']) s"));
                refreshBudgets(handle);
            });
            endsAt = now;
        }
    }

    private void refreshOpen(Handle handle) {
        handle.execute(WITHIN);
        String open = " FROM command WHERE state NOT IN ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED')";
        set(commands, "state", read(handle, "SELECT state, count(*)" + open + " GROUP BY state"));
        set(
                held,
                "reason",
                read(handle, "SELECT hold_reason, count(*)" + open + " AND state = 'HELD' GROUP BY hold_reason"));
        set(
                single,
                "of",
                read(
                        handle,
                        "SELECT 'in_flight', count(*) FROM command WHERE in_flight UNION ALL"
                                + " SELECT 'untold', count(*) FROM outbox WHERE told_at IS NULL UNION ALL"
                                + " SELECT 'awaiting_approval', count(*)" + open
                                + " AND state = 'HELD' AND hold_reason = 'APPROVAL' AND NOT withdrawn"
                                + " AND expires_at > now()"));
        set(
                seconds,
                "of",
                read(
                        handle,
                        "SELECT 'open', coalesce(extract(epoch FROM now() - min(received_at)), 0)" + open
                                + " UNION ALL SELECT 'untold', coalesce(extract(epoch FROM now() - min(created_at)), 0)"
                                + " FROM outbox WHERE told_at IS NULL"));
        String cases = "SELECT rung, count(*) FROM case_file WHERE closed_at IS NULL";
        set(casesOpen, "rung", read(handle, cases + " GROUP BY rung"));
        set(casesOverdue, "rung", read(handle, cases + " AND due_at < now() GROUP BY rung"));
        set(switches, "scope", read(handle, "SELECT scope, 1 FROM kill_switch WHERE closed"));
    }

    private void refreshBudgets(Handle handle) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        handle.createQuery(BUDGETS_SPENT)
                .map((row, context) -> MultiGauge.Row.of(
                        Tags.of("acquirer", row.getString(1), "of", row.getString(2)), row.getDouble(3)))
                .forEach(rows::add);
        budgets.register(rows, true);
    }

    private static List<Figure> read(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((row, context) -> new Figure(row.getString(1), row.getDouble(2)))
                .list();
    }

    private static void set(MultiGauge gauge, String tag, List<Figure> figures) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        figures.forEach(figure -> rows.add(MultiGauge.Row.of(Tags.of(tag, figure.name()), figure.value())));
        gauge.register(rows, true);
    }
}
