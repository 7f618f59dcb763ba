package io.tillwatch.responder.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A case as lists show it.
 *
 * @param commandId null if its alert has no command, or one with another case
 * @param openedWhy APPROVAL, ESCALATED or BY_PERSON
 * @param assignee null if nobody looks after it
 * @param dueAt when its rung should have answered
 * @param overdue whether it is open and that time is over
 * @param closedAt this, closedBy and resolution: null while it is open
 */
public record CaseSummary(
        long caseId,
        String alertId,
        String alertRef,
        String commandId,
        String commandRef,
        String paymentId,
        String acquirerId,
        String merchantId,
        String openedWhy,
        String openedBy,
        Instant openedAt,
        String assignee,
        Rung rung,
        Instant rungSince,
        Instant dueAt,
        boolean overdue,
        Instant closedAt,
        String closedBy,
        Resolution resolution) {

    /** Of a case f. */
    static final String SELECT = "SELECT f.*, f.closed_at IS NULL AND f.due_at < now() AS overdue FROM case_file f";

    static CaseSummary of(ResultSet row) throws SQLException {
        String alertId = row.getString("alert_id");
        String commandId = row.getString("command_id");
        String resolution = row.getString("resolution");
        return new CaseSummary(
                row.getLong("case_id"),
                alertId,
                Ref.of(alertId),
                commandId,
                commandId == null ? null : Ref.of(commandId),
                row.getString("payment_id"),
                row.getString("acquirer_id"),
                row.getString("merchant_id"),
                row.getString("opened_why"),
                row.getString("opened_by"),
                CommandSummary.instant(row, "opened_at"),
                row.getString("assignee"),
                Rung.valueOf(row.getString("rung")),
                CommandSummary.instant(row, "rung_since"),
                CommandSummary.instant(row, "due_at"),
                row.getBoolean("overdue"),
                CommandSummary.instant(row, "closed_at"),
                row.getString("closed_by"),
                resolution == null ? null : Resolution.valueOf(resolution));
    }

    boolean open() {
        return closedAt == null;
    }
}
