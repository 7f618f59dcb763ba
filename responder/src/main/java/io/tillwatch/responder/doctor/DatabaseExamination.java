package io.tillwatch.responder.doctor;

import io.tillwatch.responder.journal.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Looks at the journal's database. Changes nothing there: bringing up tables is left to the responder. */
public final class DatabaseExamination {

    private static final String SUBJECT = "database";
    private static final int SECONDS_MAX = 10;
    private static final int VERSION_MIN = 140_000;
    private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(5);
    private static final List<String> SAFE = List.of("fsync", "full_page_writes");

    private final DatabaseSettings settings;
    private final Clock clock;

    /** @param clock this machine's */
    public DatabaseExamination(DatabaseSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Of a database that cannot be reached, that alone. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Properties properties = new Properties();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("connectTimeout", Integer.toString(SECONDS_MAX));
        properties.setProperty("socketTimeout", Integer.toString(SECONDS_MAX));
        try (Connection connection = DriverManager.getConnection(settings.url(), properties);
                Statement statement = connection.createStatement()) {
            findings.add(version(statement));
            findings.add(writable(statement));
            findings.add(durable(statement));
            for (String name : SAFE) {
                String value = ask(statement, "SHOW " + name);
                findings.add(Finding.of(
                        value.equals("on"),
                        SUBJECT,
                        name + " is " + value,
                        "on",
                        "ALTER SYSTEM SET " + name + " = on; SELECT pg_reload_conf()"));
            }
            findings.add(clock(statement));
            findings.add(tables(properties));
        } catch (SQLException e) {
            findings.add(Finding.of(
                    false,
                    SUBJECT,
                    "cannot be asked, SQL state " + e.getSQLState(),
                    "reached with the configured url, user and password",
                    "look whether PostgreSQL runs there, and at database in the configuration"));
        }
        return List.copyOf(findings);
    }

    private static Finding version(Statement statement) throws SQLException {
        int version = Integer.parseInt(ask(statement, "SHOW server_version_num"));
        return Finding.of(
                version >= VERSION_MIN,
                SUBJECT,
                "is PostgreSQL " + version / 10_000,
                VERSION_MIN / 10_000 + " or later",
                "upgrade it with pg_upgrade");
    }

    private static Finding writable(Statement statement) throws SQLException {
        boolean standby = ask(statement, "SELECT pg_is_in_recovery()").equals("t");
        boolean readOnly = ask(statement, "SHOW default_transaction_read_only").equals("on");
        return Finding.of(
                !standby && !readOnly,
                SUBJECT,
                standby ? "is a standby" : readOnly ? "is read-only" : "can be written to",
                "written to",
                standby
                        ? "name the primary in database.url"
                        : "ALTER DATABASE … SET default_transaction_read_only = off");
    }

    /** An intent that is lost with the machine may be sent twice. */
    private static Finding durable(Statement statement) throws SQLException {
        String value = ask(statement, "SHOW synchronous_commit");
        return Finding.of(
                !value.equals("off"),
                SUBJECT,
                "synchronous_commit is " + value,
                "anything but off, for what was committed must survive",
                "ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf(); and look at the user's and the database's"
                        + " own setting");
    }

    private Finding clock(Statement statement) throws SQLException {
        double seconds = Double.parseDouble(ask(statement, "SELECT extract(epoch FROM clock_timestamp())"));
        long apart = Math.abs(Math.round(seconds * 1_000) - clock.millis());
        return Finding.of(
                apart <= CLOCKS_APART_MAX.toMillis(),
                SUBJECT,
                "its clock is " + apart + " ms from this machine's",
                "no more than " + CLOCKS_APART_MAX.toMillis() + " ms",
                "set the clocks of both machines by NTP (chronyc tracking)");
    }

    private Finding tables(Properties properties) {
        String wanted = "tables of this build, or none yet";
        try {
            MigrationInfo[] all = Flyway.configure()
                    .dataSource(settings.url(), properties.getProperty("user"), properties.getProperty("password"))
                    .locations("classpath:db/migration")
                    .load()
                    .info()
                    .all();
            long made = count(all, MigrationState.SUCCESS);
            long pending = count(all, MigrationState.PENDING);
            boolean good = made + pending == all.length;
            return Finding.of(
                    good,
                    SUBJECT,
                    made + " of " + all.length + " migrations are made"
                            + (good ? "" : ", and some are of a newer build or failed"),
                    wanted + "; the responder makes what is missing when it starts",
                    "run the newer responder, or look at flyway_schema_history");
        } catch (FlywayException e) {
            return Finding.of(
                    false,
                    SUBJECT,
                    "its migrations cannot be seen",
                    wanted,
                    "give the user the rights of the tables' owner");
        }
    }

    private static long count(MigrationInfo[] all, MigrationState state) {
        return Arrays.stream(all).filter(one -> one.getState() == state).count();
    }

    private static String ask(Statement statement, String question) throws SQLException {
        statement.setQueryTimeout(SECONDS_MAX);
        try (ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
