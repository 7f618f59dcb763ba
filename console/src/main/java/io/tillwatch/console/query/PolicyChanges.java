package io.tillwatch.console.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What was set, by scope and in order. */
public final class PolicyChanges {

    private static final int ROWS_MAX = 200;
    private static final String COLUMNS = "SELECT scope, at, person, reason, content FROM policy_change";

    private final Jdbi jdbi;

    public PolicyChanges(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A change.
     *
     * @param personOrNull whoever made it with the console; null if it was written by other means
     * @param contentOrNull a JSON line; null where the scope was returned to what the wider ones say
     */
    public record Change(String scope, Instant at, String personOrNull, String reasonOrNull, String contentOrNull) {}

    /** The newest of each scope that sets something. */
    public List<Change> inForce() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM (SELECT DISTINCT ON (scope) scope, at, person, reason,"
                                + " content FROM policy_change ORDER BY scope, partition, at_offset DESC) newest"
                                + " WHERE content IS NOT NULL ORDER BY scope LIMIT 1000")
                        .map((row, context) -> of(row))
                        .list());
    }

    public Optional<Change> inForce(String scope) {
        return history(scope, 1).stream()
                .filter(change -> change.contentOrNull() != null)
                .findFirst();
    }

    /** All changes of a scope, the newest first. */
    public List<Change> history(String scope) {
        return history(scope, ROWS_MAX);
    }

    private List<Change> history(String scope, int rows) {
        return jdbi.withHandle(
                handle -> handle.createQuery(COLUMNS + " WHERE scope = :scope ORDER BY at_offset DESC LIMIT :rows")
                        .bind("scope", scope)
                        .bind("rows", rows)
                        .map((row, context) -> of(row))
                        .list());
    }

    private static Change of(ResultSet row) throws SQLException {
        return new Change(
                row.getString("scope"),
                AlertRow.time(row, "at"),
                row.getString("person"),
                row.getString("reason"),
                row.getString("content"));
    }
}
