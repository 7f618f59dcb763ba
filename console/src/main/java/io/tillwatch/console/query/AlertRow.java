package io.tillwatch.console.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An alert as it is now. Whatever it does not have is null.
 *
 * @param amount money at risk, minor units of the currency
 * @param remedy what became of its command: NONE, WAITS for a person, UNDER_WAY, WITHDRAWN, or the outcome's result
 */
public record AlertRow(
        String alertId,
        int revision,
        boolean stands,
        String type,
        String severity,
        String scope,
        String paymentId,
        String subject,
        String acquirerId,
        String merchantId,
        String terminalId,
        Instant detectedAt,
        Instant raisedAt,
        Long amount,
        String currency,
        String cause,
        String commandId,
        String remedy) {

    static final String SELECT =
            "SELECT a.alert_id, a.revision, a.status, a.type, a.severity, a.scope, a.payment_id, a.subject,"
                    + " a.acquirer_id, a.merchant_id, a.terminal_id, a.detected_at, a.raised_at, a.amount, a.currency, a.cause,"
                    + " a.command_id, CASE WHEN a.command_id IS NULL THEN 'NONE' WHEN o.result IS NOT NULL THEN o.result"
                    + " WHEN c.status = 'WITHDRAWN' THEN 'WITHDRAWN' WHEN c.approval = 'REQUIRED' THEN 'WAITS'"
                    + " ELSE 'UNDER_WAY' END AS remedy";
    static final String FROM =
            " FROM alert a LEFT JOIN command c ON c.command_id = a.command_id LEFT JOIN outcome o ON o.command_id = a.command_id";

    static AlertRow of(ResultSet row) throws SQLException {
        return new AlertRow(
                row.getString("alert_id"),
                row.getInt("revision"),
                row.getString("status").equals("RAISED"),
                row.getString("type"),
                row.getString("severity"),
                row.getString("scope"),
                row.getString("payment_id"),
                row.getString("subject"),
                row.getString("acquirer_id"),
                row.getString("merchant_id"),
                row.getString("terminal_id"),
                time(row, "detected_at"),
                time(row, "raised_at"),
                row.getObject("amount", Long.class),
                row.getString("currency"),
                row.getString("cause"),
                row.getString("command_id"),
                row.getString("remedy"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
