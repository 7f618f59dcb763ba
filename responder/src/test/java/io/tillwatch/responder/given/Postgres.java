package io.tillwatch.responder.given;

import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

        synchronized String newDatabase() {
            databases++;
            return server.createDatabase("t" + databases);
        }

        @Override
        public void close() throws IOException {
            server.close();
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
