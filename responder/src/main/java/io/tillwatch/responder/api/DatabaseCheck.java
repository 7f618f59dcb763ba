package io.tillwatch.responder.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether the journal's database answers, and can be written to: one whose disk is full goes on answering. */
public final class DatabaseCheck implements Health.Check {

    private static final int SECONDS_MAX = 3;
    private static final String DISK_FULL = "53100";

    private final DataSource database;

    public DatabaseCheck(DataSource database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Optional<String> problem() {
        try (Connection connection = database.getConnection()) {
            if (!connection.isValid(SECONDS_MAX)) {
                return Optional.of("does not answer within " + SECONDS_MAX + " s");
            }
            return connection.isReadOnly() ? Optional.of("is read-only") : written(connection);
        } catch (SQLException e) {
            return Optional.of("cannot be reached");
        }
    }

    /** A few bytes into the log of changes that nobody reads: no table is touched. */
    private static Optional<String> written(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            statement.execute("SELECT pg_logical_emit_message(true, 'tillwatch', 'health')");
            return Optional.empty();
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            return Optional.of(
                    state.equals(DISK_FULL)
                            ? "has no room left on its disk"
                            : "cannot be written to, SQL state " + state);
        }
    }
}
