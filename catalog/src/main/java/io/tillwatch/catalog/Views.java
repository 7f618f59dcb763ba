package io.tillwatch.catalog;

import io.tillwatch.schemas.table.Column;
import io.tillwatch.schemas.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The present state of each thing, as it changes: the views of the snapshot ({@code ./tillwatch query}) by the same names and
 * with the same columns.
 */
final class Views {

    private static final String RECOVERED_WHEN = "o.`result` = 'DONE'";

    /**
     * A view.
     *
     * @param columns what it has, in their order
     * @param query with full names, so that it means the same whatever is in use
     */
    record View(String comment, List<Column> columns, String query) {}

    private final String where;

    /** @param where what stands before the name of a table, with its dots */
    private Views(String where) {
        this.where = where;
    }

    /** All of them by name. */
    static Map<String, View> in(String catalog, String database) {
        return new Views(quoted(catalog) + "." + quoted(database) + ".").all();
    }

    private Map<String, View> all() {
        Map<String, View> views = new LinkedHashMap<>();
        views.put("alerts", newest("Each alert as it stands", Table.ALERT_HISTORY, "alertId", "revision DESC"));
        // Of two records of one issue the one that withdraws it is the later.
        views.put(
                "commands",
                newest("Each command as it stands", Table.COMMAND_HISTORY, "commandId", "issue DESC, status DESC"));
        views.put(
                "suspicions",
                newest("The newest of each payment", Table.SUSPICION_LOG, "paymentId", "occurredAt DESC"));
        View policies = newest("What each scope sets", Table.POLICY_HISTORY, "scope", "topicOffset DESC");
        views.put("policies", new View(policies.comment(), policies.columns(), policies.query() + " AND NOT removed"));
        views.put(
                "redriven",
                newest("What was done with each dead letter", Table.REDRIVEN_HISTORY, "letterId", "topicOffset DESC"));
        views.put("outcomes", first("How each command ended", Table.OUTCOME_LOG, "commandId"));
        views.put("authorizations", first("Each event once", Table.AUTHORIZATION_LOG, "eventId"));
        views.put("captures", first("Each event once", Table.CAPTURE_LOG, "eventId"));
        views.put("settlements", first("Each event once", Table.SETTLEMENT_LOG, "eventId"));
        views.put("reversals", first("Each event once", Table.REVERSAL_LOG, "eventId"));
        views.put("alert_lives", alertLives());
        return views;
    }

    private View newest(String comment, Table table, String identity, String order) {
        return ranked(
                comment,
                table,
                "SELECT *, ROW_NUMBER() OVER (PARTITION BY " + identity + " ORDER BY " + order + ") AS standing FROM "
                        + where + table.sqlName());
    }

    /** Rows are only ever added: what came first stays. */
    private View first(String comment, Table table, String identity) {
        return ranked(
                comment,
                table,
                "SELECT *, ROW_NUMBER() OVER (PARTITION BY " + identity
                        + " ORDER BY readAt) AS standing FROM (SELECT *, PROCTIME() AS readAt FROM " + where
                        + table.sqlName() + ")");
    }

    private static View ranked(String comment, Table table, String ranking) {
        List<Column> columns = table.columns();
        String names = columns.stream().map(Column::name).map(Views::quoted).collect(Collectors.joining(", "));
        return new View(comment, columns, "SELECT " + names + " FROM (" + ranking + ") WHERE standing = 1");
    }

    private View alertLives() {
        List<Column> columns = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        Map<String, Column> ofAlert = byName(Table.ALERT_HISTORY);
        for (String name : List.of(
                "alertId",
                "paymentId",
                "type",
                "severity",
                "cause",
                "acquirerId",
                "merchantId",
                "terminalId",
                "amount",
                "currency",
                "commandId")) {
            columns.add(ofAlert.get(name));
            selected.add("a." + quoted(name));
        }
        columns.add(named("raisedAt", ofAlert.get("detectedAt")));
        selected.add("f.raisedAt");
        columns.add(ofAlert.get("status"));
        selected.add("a.status");
        columns.add(byName(Table.OUTCOME_LOG).get("result"));
        selected.add("o.`result`");
        columns.add(named("resolvedAt", ofAlert.get("detectedAt")));
        selected.add("CASE WHEN a.status = 'CLEARED' AND o.`result` IN ('DONE', 'NOT_NEEDED') THEN"
                + " CASE WHEN a.detectedAt < o.occurredAt THEN a.detectedAt ELSE o.occurredAt END"
                + " WHEN a.status = 'CLEARED' THEN a.detectedAt"
                + " WHEN o.`result` IN ('DONE', 'NOT_NEEDED') THEN o.occurredAt END AS resolvedAt");
        columns.add(named("recovered", ofAlert.get("amount")));
        selected.add("CASE WHEN " + RECOVERED_WHEN + " THEN o.amount ELSE CAST(0 AS BIGINT) END AS recovered");
        return new View(
                "Each alert with when it was raised and resolved, and what was recovered",
                columns,
                "SELECT " + String.join(", ", selected) + " FROM " + where + "alerts a JOIN (SELECT alertId,"
                        + " MIN(detectedAt) AS raisedAt FROM " + where + "alert_history GROUP BY alertId) f"
                        + " ON f.alertId = a.alertId LEFT JOIN " + where
                        + "outcomes o ON o.commandId = a.commandId");
    }

    private static Map<String, Column> byName(Table table) {
        return table.columns().stream().collect(Collectors.toMap(Column::name, column -> column));
    }

    private static Column named(String name, Column like) {
        return new Column(name, like.kind(), false, List.of());
    }

    /** As a name of Flink's SQL. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
