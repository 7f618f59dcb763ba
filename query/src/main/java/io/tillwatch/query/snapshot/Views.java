package io.tillwatch.query.snapshot;

import io.tillwatch.schemas.table.Table;
import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What analysts ask: the present state of each thing, and how money is shown. */
final class Views {

    /** Rows are told apart by where they stand, so that only identities are compared, not whole rows. */
    private static final List<String> DEFINITIONS = List.of(
            latest("alerts", Table.ALERT_HISTORY, "alertId", "max_by(rowid, revision)"),
            // Of two records of one issue the one that withdraws it is the later.
            latest(
                    "commands",
                    Table.COMMAND_HISTORY,
                    "commandId",
                    "max_by(rowid, 2 * issue + CAST(status = 'WITHDRAWN' AS INTEGER))"),
            latest("outcomes", Table.OUTCOME_LOG, "commandId", "min(rowid)") + notRefused("outcomes"),
            latest("suspicions", Table.SUSPICION_LOG, "paymentId", "max_by(rowid, occurredAt)"),
            latest("policies", Table.POLICY_HISTORY, "scope", "max(rowid)") + " AND NOT removed",
            latest("redriven", Table.REDRIVEN_HISTORY, "letterId", "max(rowid)"),
            feed("authorizations", Table.AUTHORIZATION_LOG),
            feed("captures", Table.CAPTURE_LOG),
            feed("settlements", Table.SETTLEMENT_LOG),
            feed("reversals", Table.REVERSAL_LOG),
            """
            CREATE VIEW alert_lives AS
            WITH firsts AS (SELECT alertId, min(detectedAt) AS raisedAt FROM alert_history GROUP BY alertId)
            SELECT a.alertId, a.paymentId, a.type, a.severity, a.cause, a.acquirerId, a.merchantId, a.terminalId,
              a.amount, a.currency, a.commandId, f.raisedAt, a.status, o.result,
              least(CASE WHEN a.status = 'CLEARED' THEN a.detectedAt END,
                CASE WHEN o.result IN ('DONE', 'NOT_NEEDED') THEN o.occurredAt END) AS resolvedAt,
              CASE WHEN o.result = 'DONE' THEN o.amount ELSE 0 END AS recovered
            FROM alerts a JOIN firsts f USING (alertId) LEFT JOIN outcomes o ON o.commandId = a.commandId
            """);

    private Views() {}

    /** All of them, in an order in which they can be made. */
    static List<String> definitions() {
        return Stream.concat(money().stream(), DEFINITIONS.stream()).toList();
    }

    private static String latest(String view, Table table, String identity, String which) {
        return "CREATE VIEW " + view + " AS SELECT * FROM " + table.sqlName() + " WHERE rowid IN (SELECT " + which
                + " FROM " + table.sqlName() + " GROUP BY " + identity + ")";
    }

    /** One row an event, however often it was delivered; without what the detector refused. */
    private static String feed(String view, Table table) {
        return latest(view, table, "eventId", "min(rowid)") + notRefused(view);
    }

    private static String notRefused(String feed) {
        return " AND (topicPartition, topicOffset) NOT IN (SELECT (feedPartition, feedOffset) FROM dead_letters"
                + " WHERE feed = '" + feed + "' AND feedOffset IS NOT NULL AND feedPartition IS NOT NULL)";
    }

    private static List<String> money() {
        return List.of(
                "CREATE MACRO digits(currency) AS CASE" + digits(0) + digits(3) + digits(4) + " ELSE 2 END", """
                CREATE MACRO major(amount, currency) AS CAST(amount AS DECIMAL(28, 0)) * CASE digits(currency)
                  WHEN 0 THEN CAST(1 AS DECIMAL(5, 4)) WHEN 3 THEN CAST(0.001 AS DECIMAL(5, 4))
                  WHEN 4 THEN CAST(0.0001 AS DECIMAL(5, 4)) ELSE CAST(0.01 AS DECIMAL(5, 4)) END
                """, """
                CREATE MACRO money(amount, currency) AS CASE digits(currency)
                  WHEN 0 THEN CAST(amount AS VARCHAR)
                  WHEN 3 THEN CAST(CAST(major(amount, currency) AS DECIMAL(38, 3)) AS VARCHAR)
                  WHEN 4 THEN CAST(major(amount, currency) AS VARCHAR)
                  ELSE CAST(CAST(major(amount, currency) AS DECIMAL(38, 2)) AS VARCHAR) END || ' ' || currency
                """);
    }

    private static String digits(int count) {
        TreeSet<String> codes = Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() == count)
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toCollection(TreeSet::new));
        return codes.isEmpty()
                ? ""
                : codes.stream().collect(Collectors.joining("', '", " WHEN currency IN ('", "') THEN " + count));
    }
}
