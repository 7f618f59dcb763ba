package io.tillwatch.query.report;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the snapshot for the figures of a report. An alert belongs to the period in which it was first raised. */
final class Figures {

    private static final String CHOSEN =
            "WITH chosen AS (SELECT * FROM alert_lives WHERE raisedAt >= ? AND raisedAt < ?) ";

    /** Of a payment with several alerts only the largest amount is at risk; a command recovers once, whatever asked for it. */
    private static final String MONEY = CHOSEN + """
            , risks AS (
              SELECT acquirer, name, currency, CAST(sum(most) AS VARCHAR) AS atRisk, CAST(sum(mostOpen) AS VARCHAR) AS open
              FROM (SELECT %2$s AS acquirer, %1$s AS name, currency, max(amount) AS most,
                  coalesce(max(amount) FILTER (WHERE resolvedAt IS NULL), 0) AS mostOpen
                FROM chosen WHERE amount IS NOT NULL AND currency IS NOT NULL
                GROUP BY %2$s, %1$s, currency, coalesce(paymentId, alertId))
              GROUP BY ALL),
            recoveries AS (
              SELECT acquirer, name, currency, CAST(sum(recovered) AS VARCHAR) AS recovered
              FROM (SELECT DISTINCT %2$s AS acquirer, %1$s AS name, currency, commandId, recovered
                FROM chosen WHERE recovered > 0)
              GROUP BY ALL)
            SELECT r.acquirer, r.name, r.currency, r.atRisk, r.open, coalesce(v.recovered, '0') AS recovered
            FROM risks r LEFT JOIN recoveries v ON v.acquirer IS NOT DISTINCT FROM r.acquirer
              AND v.name IS NOT DISTINCT FROM r.name AND v.currency = r.currency
            ORDER BY r.name NULLS LAST, r.acquirer NULLS LAST, r.currency
            """;

    private static final String COUNTS = CHOSEN + """
            , timed AS (SELECT *, epoch_ms(resolvedAt) - epoch_ms(raisedAt) AS took FROM chosen)
            SELECT %2$s AS acquirer, %1$s AS name, count(*) AS alerts, count(resolvedAt) AS resolved,
              quantile_disc(took, 0.5) AS median, quantile_disc(took, 0.9) AS ninetieth, max(took) AS longest
            FROM timed GROUP BY ALL ORDER BY alerts DESC, name NULLS LAST, acquirer NULLS LAST
            """;

    private static final String COLUMNS = CHOSEN + """
            SELECT strftime(date_trunc('%s', raisedAt), '%%Y-%%m-%%dT%%H:%%M') AS since, count(*) AS alerts,
              count(resolvedAt) AS resolved
            FROM chosen GROUP BY ALL ORDER BY since
            """;

    /** No column: all alerts together. */
    private static final String ALL = "NULL::VARCHAR";

    /** Cells that a spreadsheet would run. */
    private static final String GUARDED =
            "CASE WHEN regexp_matches(%1$s, '^[=+@\\t\\r-]') THEN '''' || %1$s ELSE %1$s END AS %1$s";

    private final Connection connection;
    private final Instant from;
    private final Instant to;

    /** @param to excluded */
    Figures(Connection connection, Instant from, Instant to) {
        this.connection = connection;
        this.from = from;
        this.to = to;
    }

    /** When the first alert of all was raised, or null when there is none. */
    static Instant firstRaised(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT min(raisedAt) FROM alert_lives");
                ResultSet row = statement.executeQuery()) {
            row.next();
            OffsetDateTime first = row.getObject(1, OffsetDateTime.class);
            return first == null ? null : first.toInstant();
        }
    }

    /**
     * All that a page shows.
     *
     * @param all all alerts of the period
     * @param columns how many were raised when, in the order of time; steps without any are left out
     * @param by those of a kind together, most alerts first
     */
    record Answers(Group all, List<Column> columns, Map<Dimension, List<Group>> by) {}

    /** A column of the chart. */
    record Column(String since, long alerts, long resolved) {}

    /** Asks for all of it, once for the pages of all languages. */
    Answers answers() throws SQLException {
        Map<Dimension, List<Group>> by = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            by.put(dimension, groups(dimension.column(), acquirer(dimension)));
        }
        return new Answers(all(), columns(), by);
    }

    private Group all() throws SQLException {
        List<Group> one = groups(ALL, ALL);
        return one.isEmpty() ? new Group(null, null, 0, 0, null, null, null, List.of()) : one.get(0);
    }

    private List<Column> columns() throws SQLException {
        Step step = Step.of(Duration.between(from, to));
        List<Column> columns = new ArrayList<>();
        ask(
                COLUMNS.formatted(step.unit()),
                rows -> columns.add(new Column(rows.getString(1), rows.getLong(2), rows.getLong(3))));
        return columns;
    }

    private static String acquirer(Dimension dimension) {
        return dimension.ofAcquirer() ? Dimension.ACQUIRER.column() : ALL;
    }

    /** The counts of a kind as a question, for a file. */
    static String counts(Dimension dimension) {
        return forSpreadsheets(dimension, COUNTS.formatted(dimension.column(), acquirer(dimension)));
    }

    /** The money of a kind as a question, for a file; amounts in minor units. */
    static String money(Dimension dimension) {
        return forSpreadsheets(dimension, MONEY.formatted(dimension.column(), acquirer(dimension)));
    }

    /**
     * A question of these with names that a spreadsheet does not take for formulas, for it would run them, and they are what
     * somebody has sent: where one begins like a formula, an apostrophe is put before it.
     */
    private static String forSpreadsheets(Dimension dimension, String question) {
        String columns = dimension.ofAcquirer()
                ? "* REPLACE (" + GUARDED.formatted("acquirer") + ", " + GUARDED.formatted("name") + ")"
                : "* EXCLUDE (acquirer) REPLACE (" + GUARDED.formatted("name") + ")";
        return "SELECT " + columns + " FROM (" + question + ")";
    }

    /** By which a group is known; null where nobody said, or it does not matter. */
    private record Key(String acquirer, String name) {
        static Key of(ResultSet rows) throws SQLException {
            return new Key(rows.getString("acquirer"), rows.getString("name"));
        }
    }

    private List<Group> groups(String column, String acquirer) throws SQLException {
        Map<Key, List<Money>> money = new LinkedHashMap<>();
        ask(
                MONEY.formatted(column, acquirer),
                rows -> money.computeIfAbsent(Key.of(rows), name -> new ArrayList<>())
                        .add(new Money(
                                rows.getString("currency"),
                                new BigInteger(rows.getString("atRisk")),
                                new BigInteger(rows.getString("open")),
                                new BigInteger(rows.getString("recovered")))));
        List<Group> groups = new ArrayList<>();
        ask(
                COUNTS.formatted(column, acquirer),
                rows -> groups.add(new Group(
                        rows.getString("acquirer"),
                        rows.getString("name"),
                        rows.getLong("alerts"),
                        rows.getLong("resolved"),
                        millis(rows, "median"),
                        millis(rows, "ninetieth"),
                        millis(rows, "longest"),
                        money.getOrDefault(Key.of(rows), List.of()))));
        return groups;
    }

    private static Long millis(ResultSet rows, String column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? null : value;
    }

    /** What is done with each row. */
    @FunctionalInterface
    private interface Row {
        void take(ResultSet rows) throws SQLException;
    }

    private void ask(String sql, Row each) throws SQLException {
        try (PreparedStatement statement = prepare(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.take(rows);
            }
        }
    }

    /** A question about the period. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setObject(1, from.atOffset(ZoneOffset.UTC));
        statement.setObject(2, to.atOffset(ZoneOffset.UTC));
        return statement;
    }
}
