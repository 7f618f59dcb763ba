package io.tillwatch.responder.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A row of the audit as people see it.
 *
 * @param detail a JSON object
 * @param hash hexadecimal; whoever keeps it can later have it checked that the rows up to this one are still the same
 */
public record AuditRow(
        long id,
        Instant at,
        String person,
        String verb,
        String subject,
        @JsonRawValue String detail,
        String hash) {

    static final String SELECT = "SELECT id, at, person, verb, subject, detail::text AS detail, hash FROM audit";

    static AuditRow of(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("id"),
                CommandSummary.instant(row, "at"),
                row.getString("person"),
                row.getString("verb"),
                row.getString("subject"),
                row.getString("detail"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }
}
