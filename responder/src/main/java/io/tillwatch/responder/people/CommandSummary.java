package io.tillwatch.responder.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A command as lists show it. Amounts in minor units of currency.
 *
 * @param ref names it in a path
 * @param alertType what is wrong, of the alertId
 * @param alertStatus RAISED or CLEARED; null if its alert was not seen yet
 * @param caseId null if it has none
 */
public record CommandSummary(
        String commandId,
        String ref,
        String paymentId,
        String alertId,
        String alertType,
        String alertStatus,
        String acquirerId,
        String merchantId,
        String action,
        long amount,
        String currency,
        String state,
        Instant stateSince,
        String holdReason,
        String approval,
        String approvalReason,
        boolean withdrawn,
        Instant receivedAt,
        Instant notBefore,
        Instant expiresAt,
        String detail,
        Long caseId) {

    /** The columns that {@link #of} reads, of a command c. */
    static final String SELECT =
            "SELECT c.command_id, c.payment_id, c.alert_id, c.acquirer_id, c.merchant_id, c.action,"
                    + " c.amount, c.currency, c.state, c.state_since, c.hold_reason, c.approval, c.approval_reason, c.withdrawn,"
                    + " c.received_at, c.not_before, c.expires_at, c.detail, a.status AS alert_status, f.case_id"
                    + " FROM command c LEFT JOIN alert_view a ON a.alert_id = c.alert_id"
                    + " LEFT JOIN case_file f ON f.command_id = c.command_id";

    /** What the alertId of a command c says is wrong: it begins with the paymentId, which may hold colons itself. */
    static final String ALERT_TYPE = "split_part(substr(c.alert_id, length(c.payment_id) + 2), ':', 1)";

    static CommandSummary of(ResultSet row) throws SQLException {
        String commandId = row.getString("command_id");
        String paymentId = row.getString("payment_id");
        String alertId = row.getString("alert_id");
        return new CommandSummary(
                commandId,
                Ref.of(commandId),
                paymentId,
                alertId,
                alertType(paymentId, alertId),
                row.getString("alert_status"),
                row.getString("acquirer_id"),
                row.getString("merchant_id"),
                row.getString("action"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("state"),
                instant(row, "state_since"),
                row.getString("hold_reason"),
                row.getString("approval"),
                row.getString("approval_reason"),
                row.getBoolean("withdrawn"),
                instant(row, "received_at"),
                instant(row, "not_before"),
                instant(row, "expires_at"),
                row.getString("detail"),
                row.getObject("case_id", Long.class));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        java.sql.Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static String alertType(String paymentId, String alertId) {
        String rest = alertId.startsWith(paymentId + ":") ? alertId.substring(paymentId.length() + 1) : alertId;
        int colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }
}
