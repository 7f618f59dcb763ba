package io.tillwatch.responder.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The journal's database: connections to it, with its tables as this build wants them. For any number of threads. */
public final class Database implements AutoCloseable {

    private final HikariDataSource connections;
    private final Jdbi jdbi;

    private Database(HikariDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
    }

    /**
     * Connects and brings the tables up to this build; of several instances that start together one does it.
     *
     * @throws RuntimeException if the database cannot be reached, or its tables are of a newer build
     */
    public static Database open(DatabaseSettings settings) {
        HikariDataSource connections = new HikariDataSource(config(settings));
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations("classpath:db/migration")
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

    public DataSource dataSource() {
        return connections;
    }

    /** The database's clock, the moment it is read; not that of the transaction's beginning. */
    public static Instant now(Handle handle) {
        return handle.createQuery("SELECT clock_timestamp()")
                .mapTo(Instant.class)
                .one();
    }

    @Override
    public void close() {
        connections.close();
    }

    private static HikariConfig config(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setPoolName("journal");
        config.setMaximumPoolSize(settings.connectionsMax());
        config.setMinimumIdle(Math.min(2, settings.connectionsMax()));
        long answerMillis = settings.answerWithin().toMillis();
        config.setConnectionTimeout(answerMillis);
        config.addDataSourceProperty("ApplicationName", "tillwatch-responder");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A database that never answers must not hold a thread for ever; what it did is found out by reading again.
        config.addDataSourceProperty("socketTimeout", Long.toString(2 * Math.max(1, answerMillis / 1_000)));
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + answerMillis + " -c lock_timeout=" + answerMillis
                        + " -c idle_in_transaction_session_timeout=" + 3 * answerMillis + " -c TimeZone=UTC");
        return config;
    }
}
