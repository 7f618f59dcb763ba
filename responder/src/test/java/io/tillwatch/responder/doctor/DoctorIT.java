package io.tillwatch.responder.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.ResponderMain;
import io.tillwatch.responder.given.HttpLedger;
import io.tillwatch.responder.given.Postgres;
import io.tillwatch.responder.journal.DatabaseSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
@ExtendWith(Postgres.class)
class DoctorIT {

    @TempDir
    private Path directory;

    private record Told(int exit, String out, String err) {}

    @Test
    void findsNothingToChangeWhereAllIsWell(DatabaseSettings database) throws IOException {
        try (HttpLedger acquirer = new HttpLedger()) {
            Told told = doctor(database.url(), acquirer.endpoint());
            assertThat(told.out())
                    .doesNotContain("\"good\":false")
                    .contains("synchronous_commit is on", "3 of 3 migrations", "\"acquirer *\",\"found\":\"answers\"");
            assertThat(told.exit()).as(told.err()).isZero();
        }
    }

    @Test
    void findsADatabaseThatForgetsWhatWasCommitted(DatabaseSettings database) throws SQLException {
        String name = database.url().replaceAll(".*/([a-z0-9_]+).*", "$1");
        execute(database, "ALTER DATABASE " + name + " SET synchronous_commit = off");
        assertThat(wrong(new DatabaseExamination(database, Clock.systemUTC())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("synchronous_commit is off"));
    }

    @Test
    void findsADatabaseThatCannotBeWrittenTo(DatabaseSettings database) throws SQLException {
        String name = database.url().replaceAll(".*/([a-z0-9_]+).*", "$1");
        execute(database, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        assertThat(wrong(new DatabaseExamination(database, Clock.systemUTC())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("is read-only"));
    }

    @Test
    void findsTablesOfANewerBuild(DatabaseSettings database) throws SQLException {
        execute(
                database,
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'newer', type, 'V99__newer.sql', checksum,"
                        + " installed_by, installed_on, 1, true FROM flyway_schema_history WHERE installed_rank = 1");
        assertThat(wrong(new DatabaseExamination(database, Clock.systemUTC())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("newer build"));
    }

    @Test
    void findsAClockThatIsApart(DatabaseSettings database) {
        Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
        assertThat(wrong(new DatabaseExamination(database, behind)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy().orElseThrow()).contains("NTP"));
    }

    @Test
    void saysThatNeitherDatabaseNorAcquirerIsThere() throws IOException {
        Told told = doctor("jdbc:postgresql://127.0.0.1:1/tillwatch", "http://127.0.0.1:1");
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out().lines())
                .satisfiesExactly(
                        database -> assertThat(database).contains("cannot be asked, SQL state 08001"),
                        acquirer -> assertThat(acquirer).contains("no answer that can be relied on"));
    }

    private static List<Finding> wrong(DatabaseExamination examination) {
        return examination.findings().stream()
                .filter(finding -> !finding.good())
                .toList();
    }

    private static void execute(DatabaseSettings database, String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private Told doctor(String databaseUrl, String endpoint) throws IOException {
        Path config = directory.resolve("responder.yaml");
        Files.writeString(config, """
                kafka:
                  bootstrap: "127.0.0.1:1"
                database:
                  url: "%s"
                acquirers:
                  "*":
                    adapter: simulated
                    endpoint: %s
                    timeout: PT1S
                    answersInquiries: true
                """.formatted(databaseUrl, endpoint));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new ResponderMain());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute("doctor", "--config", config.toString());
        return new Told(exit, out.toString(), err.toString());
    }
}
