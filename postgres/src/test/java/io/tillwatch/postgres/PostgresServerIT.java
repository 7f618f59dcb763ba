package io.tillwatch.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server keeps, and what it refuses. */
class PostgresServerIT {

    @TempDir
    private Path directory;

    @Test
    void keepsItsPortAndWhatWasCommittedWhenItIsKilledAndStoppedAndStartedAgain() throws SQLException {
        try (PostgresServer server = new PostgresServer(PostgresSettings.in(directory))) {
            server.start();
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
            execute(server, "CREATE TABLE kept (x int)");
            execute(server, "INSERT INTO kept VALUES (42)");

            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.start();
            assertThat(ask(server, "SELECT x FROM kept")).isEqualTo("42");

            server.stop();
            assertThat(server.isAlive()).isFalse();
        }
        try (PostgresServer other = new PostgresServer(PostgresSettings.in(directory))) {
            other.start();
            assertThat(other.port()).isEqualTo(Integer.parseInt(read(directory.resolve("port"))));
            assertThat(ask(other, "SELECT x FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                PostgresServer server =
                        new PostgresServer(PostgresSettings.in(directory).withPort(taken.getLocalPort()))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
    }

    @Test
    void showsTheEndOfTheLogOfAServerThatDoesNotStart() {
        PostgresSettings settings = PostgresSettings.in(directory).withServerSetting("max_connections", "none");
        try (PostgresServer server = new PostgresServer(settings)) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("max_connections");
            assertThat(server.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void refusesToBeMadeUnsafe(String setting) {
        assertThatThrownBy(() -> PostgresSettings.in(directory).withServerSetting(setting, "off"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting + " is always on");
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
