package io.tillwatch.console.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * What the alerts say of terminals. A terminal wants to be looked at when, within the time looked at, {@link #SUSPECT_FROM} or
 * more of its payments went wrong in a way that begins at the terminal: keys or message authentication (TERMINAL), the line
 * (NETWORK), or requests that got no answer.
 */
public final class Terminals {

    public static final int SUSPECT_FROM = 3;
    private static final int ROWS_MAX = 200;

    private final Jdbi jdbi;

    public Terminals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * One terminal.
     *
     * @param ofItself payments that went wrong in a way that begins at the terminal
     * @param unanswered of these, requests without an answer
     */
    public record Terminal(
            String terminalId,
            String merchantId,
            String acquirerId,
            long payments,
            long ofItself,
            long unanswered,
            long standing,
            Instant lastAt) {

        public boolean isSuspect() {
            return ofItself >= SUSPECT_FROM;
        }
    }

    public List<Terminal> since(Instant now, Duration back) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT terminal_id, merchant_id, acquirer_id, count(DISTINCT payment_id) AS payments,"
                                + " count(DISTINCT payment_id) FILTER (WHERE cause IN ('TERMINAL', 'NETWORK')"
                                + " OR type = 'AUTHORIZATION_UNANSWERED') AS of_itself,"
                                + " count(DISTINCT payment_id) FILTER (WHERE type = 'AUTHORIZATION_UNANSWERED') AS unanswered,"
                                + " count(*) FILTER (WHERE status = 'RAISED') AS standing, max(raised_at) AS last_at"
                                + " FROM alert WHERE terminal_id IS NOT NULL AND raised_at > :since"
                                + " GROUP BY terminal_id, merchant_id, acquirer_id"
                                + " ORDER BY of_itself DESC, payments DESC, terminal_id LIMIT " + ROWS_MAX)
                .bind("since", now.minus(back))
                .map((row, context) -> new Terminal(
                        row.getString("terminal_id"),
                        row.getString("merchant_id"),
                        row.getString("acquirer_id"),
                        row.getLong("payments"),
                        row.getLong("of_itself"),
                        row.getLong("unanswered"),
                        row.getLong("standing"),
                        AlertRow.time(row, "last_at")))
                .list());
    }
}
