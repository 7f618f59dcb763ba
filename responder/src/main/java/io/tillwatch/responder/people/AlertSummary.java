package io.tillwatch.responder.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The latest revision of an alert that was seen.
 *
 * @param stands whether what is wrong is still wrong
 * @param amount at risk, minor units of currency; null if it cannot be told
 * @param content the whole alert as a JSON line, evidence included; null in lists
 */
public record AlertSummary(
        String alertId,
        String ref,
        int revision,
        boolean stands,
        String type,
        String severity,
        String paymentId,
        String acquirerId,
        String merchantId,
        String commandId,
        Long amount,
        String currency,
        Instant detectedAt,
        Long openCaseId,
        @JsonRawValue String content) {

    /** The columns that {@link #of} reads, of an alert a; behind it comes FROM. */
    static final String SELECT =
            "SELECT a.alert_id, a.revision, a.status, a.type, a.severity, a.payment_id, a.acquirer_id,"
                    + " a.merchant_id, a.command_id, a.amount, a.currency, a.detected_at, f.case_id";

    static final String FROM =
            " FROM alert_view a LEFT JOIN case_file f ON f.alert_id = a.alert_id AND f.closed_at IS NULL";

    static AlertSummary of(ResultSet row, String contentOrNull) throws SQLException {
        String alertId = row.getString("alert_id");
        return new AlertSummary(
                alertId,
                Ref.of(alertId),
                row.getInt("revision"),
                row.getString("status").equals("RAISED"),
                row.getString("type"),
                row.getString("severity"),
                row.getString("payment_id"),
                row.getString("acquirer_id"),
                row.getString("merchant_id"),
                row.getString("command_id"),
                row.getObject("amount", Long.class),
                row.getString("currency"),
                CommandSummary.instant(row, "detected_at"),
                row.getObject("case_id", Long.class),
                contentOrNull);
    }
}
