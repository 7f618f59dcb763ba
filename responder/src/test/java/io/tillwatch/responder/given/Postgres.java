package io.tillwatch.responder.given;

import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real PostgreSQL for all tests of a run; each test that asks for a {@link Database} has an empty one of its own. */
public final class Postgres implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(Postgres.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Database.class || type == DatabaseSettings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server =
                context.getRoot().getStore(HERE).getOrComputeIfAbsent("server", key -> new Server(), Server.class);
        DatabaseSettings settings = DatabaseSettings.of(server.newDatabase());
        if (parameter.getParameter().getType() == DatabaseSettings.class) {
            return settings;
        }
        Database database = Database.open(settings);
        context.getStore(HERE).put(database, database);
        return database;
    }

    private static final String TEMPLATE = "brought_up";

    private static final class Server implements AutoCloseable {
        private final Path directory;
        private final PostgresServer server;
        private int databases;

        Server() {
            try {
                directory = Files.createTempDirectory("responder-test");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server = new PostgresServer(PostgresSettings.in(directory).withServerSetting("max_connections", "300"));
            server.start();
        }

        /** A copy of one that was brought up to this build: quicker than to bring up each. */
        synchronized String newDatabase() {
            if (databases == 0) {
                Database.open(DatabaseSettings.of(server.createDatabase(TEMPLATE)))
                        .close();
            }
            databases++;
            String name = "t" + databases;
            try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot make database " + name, e);
            }
            return server.jdbcUrl(name);
        }

        @Override
        public void close() throws IOException {
            // Nobody wants what it would write.
            server.kill();
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
