package io.tillwatch.responder.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether the journal's database answers. */
public final class DatabaseCheck implements Health.Check {

    private static final int SECONDS_MAX = 3;

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
            return connection.isValid(SECONDS_MAX)
                    ? Optional.empty()
                    : Optional.of("does not answer within " + SECONDS_MAX + " s");
        } catch (SQLException e) {
            return Optional.of("cannot be reached");
        }
    }
}
