package io.tillwatch.console.query;

import io.tillwatch.console.query.AlertFilter.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Lists of alerts. */
public final class Alerts {

    public static final int PAGE_ROWS = 50;
    /** What is more is said to be more, and not counted. */
    public static final int COUNTED_MAX = 20_000;

    private final Jdbi jdbi;

    public Alerts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * One page.
     *
     * @param count of all that the filter lets pass, at most {@link #COUNTED_MAX}
     */
    public record Page(List<AlertRow> rows, int count, int number) {
        public Page {
            rows = List.copyOf(rows);
        }

        public boolean hasNext() {
            return number * PAGE_ROWS < count;
        }

        public boolean isCapped() {
            return count >= COUNTED_MAX;
        }

        public int pages() {
            return Math.max(1, (count + PAGE_ROWS - 1) / PAGE_ROWS);
        }
    }

    public Page page(AlertFilter filter) {
        List<String> conditions = new ArrayList<>();
        Map<String, String> bound = new LinkedHashMap<>();
        if (filter.status() != Status.ALL) {
            conditions.add("a.status = '" + (filter.status() == Status.STANDING ? "RAISED" : "CLEARED") + "'");
        }
        equal(conditions, bound, "type", filter.type());
        equal(conditions, bound, "severity", filter.severity());
        equal(conditions, bound, "cause", filter.cause());
        equal(conditions, bound, "acquirer_id", filter.acquirerId());
        equal(conditions, bound, "merchant_id", filter.merchantId());
        equal(conditions, bound, "terminal_id", filter.terminalId());
        filter.search().ifPresent(text -> {
            conditions.add("(starts_with(a.payment_id, :search) OR a.alert_id = :search OR a.acquirer_id = :search"
                    + " OR a.merchant_id = :search OR a.terminal_id = :search)");
            bound.put("search", text);
        });
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            Query count = handle.createQuery(
                    "SELECT count(*) FROM (SELECT 1 FROM alert a" + where + " LIMIT " + COUNTED_MAX + ") found");
            bound.forEach(count::bind);
            Query rows = handle.createQuery(AlertRow.SELECT + AlertRow.FROM + where + " ORDER BY "
                            + filter.sort().sql() + ", a.alert_id LIMIT :limit OFFSET :offset")
                    .bind("limit", PAGE_ROWS)
                    .bind("offset", (filter.page() - 1) * PAGE_ROWS);
            bound.forEach(rows::bind);
            return new Page(
                    rows.map((row, context) -> AlertRow.of(row)).list(),
                    count.mapTo(Integer.class).one(),
                    filter.page());
        });
    }

    private static void equal(
            List<String> conditions, Map<String, String> bound, String column, Optional<String> value) {
        value.ifPresent(text -> {
            conditions.add("a." + column + " = :" + column);
            bound.put(column, text);
        });
    }

    /** One of them. */
    public Optional<AlertRow> find(String alertId) {
        return jdbi.withHandle(
                handle -> handle.createQuery(AlertRow.SELECT + AlertRow.FROM + " WHERE a.alert_id = :alertId")
                        .bind("alertId", alertId)
                        .map((row, context) -> AlertRow.of(row))
                        .findOne());
    }
}
