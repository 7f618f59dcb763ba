package io.tillwatch.console.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tillwatch.console.config.ConsoleSettings;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The projection's database, with its tables as this build wants them. For any number of threads. */
public final class Database implements AutoCloseable {

    /** The schema: the console may share a database with the responder, and touches nothing of it. */
    private static final String SCHEMA = "console";

    private static final int ANSWER_MILLIS = 20_000;

    private final HikariDataSource connections;
    private final Jdbi jdbi;

    private Database(HikariDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
    }

    /**
     * Connects and brings the tables up to this build; of several that start together one does it.
     *
     * @throws RuntimeException if the database cannot be reached, or its tables are of a newer build
     */
    public static Database open(ConsoleSettings.Database settings) {
        HikariDataSource connections = new HikariDataSource(config(settings));
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations("classpath:db/console")
                    .schemas(SCHEMA)
                    .load()
                    .migrate();
            return new Database(connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        connections.close();
    }

    private static HikariConfig config(ConsoleSettings.Database settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.userOrNull());
        config.setPassword(settings.passwordOrNull());
        config.setPoolName("console");
        config.setMaximumPoolSize(settings.connectionsMax());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(ANSWER_MILLIS);
        config.addDataSourceProperty("ApplicationName", "tillwatch-console");
        config.addDataSourceProperty("currentSchema", SCHEMA);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", Integer.toString(2 * ANSWER_MILLIS / 1_000));
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + ANSWER_MILLIS + " -c lock_timeout=" + ANSWER_MILLIS + " -c TimeZone=UTC");
        return config;
    }
}
