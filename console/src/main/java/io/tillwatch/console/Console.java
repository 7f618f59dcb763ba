package io.tillwatch.console;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.monitor.ConsoleMetrics;
import io.tillwatch.console.projection.Database;
import io.tillwatch.console.projection.Projection;
import io.tillwatch.console.projection.TopicFollower;
import io.tillwatch.console.web.ConsoleServer;
import io.tillwatch.console.web.Pages;
import java.time.Clock;

/** One console: reads the topics into its tables, and serves pages of them. */
public final class Console implements AutoCloseable {

    private final Database database;
    private final Pages pages;
    private final TopicFollower follower;
    private final ConsoleServer server;

    /**
     * Connects to the database and brings its tables up to this build; nothing is read or served before {@link #start}.
     *
     * @throws RuntimeException if the database cannot be reached
     */
    public Console(ConsoleSettings settings, Clock clock) {
        this.database = Database.open(settings.database());
        ConsoleMetrics metrics = new ConsoleMetrics();
        this.pages = new Pages(settings, database.jdbi(), clock, metrics);
        this.follower = new TopicFollower(
                settings.kafka(), settings.projection(), new Projection(database.jdbi()), clock, pages::changed);
        metrics.reading(follower.reach());
        this.server = pages.server(follower::problem);
    }

    /** @throws IllegalStateException if it cannot listen */
    public void start() {
        server.start();
        follower.start();
    }

    /** Where people find it. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        follower.close();
        pages.close();
        database.close();
    }
}
