package io.tillwatch.responder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.given.Books;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.given.FakeAcquirer;
import io.tillwatch.responder.given.FakeAcquirer.Fault;
import io.tillwatch.responder.given.Postgres;
import io.tillwatch.responder.journal.CommandJournal;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.DatabaseSettings;
import io.tillwatch.responder.journal.JournalSettings;
import io.tillwatch.responder.journal.Received;
import io.tillwatch.responder.profile.Tier;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.signature.CommandSignature;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Held: clocks that jump by an hour, forwards and back, while a command is on its way. The machine's clock is read for no
 * decision (HouseTest), so what may jump is the database's: here it has one that a test can put forward and back, and does
 * so between claim, inquiry, intent and answer.
 */
@ExtendWith(Postgres.class)
class ClockJumpsIT {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int TURNS_MAX = 60;

    private Database database;
    private Books books;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final FakeAcquirer acquirer =
            new FakeAcquirer(() -> faults.isEmpty() ? Fault.NONE : faults.poll(), true).approved("p-1", 1_000);

    @BeforeEach
    void open(DatabaseSettings settings) throws SQLException {
        // Functions of PostgreSQL's own are looked for first unless the path says where they come.
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA jumping");
            statement.execute("CREATE TABLE jumping.clock (ahead interval NOT NULL)");
            statement.execute("INSERT INTO jumping.clock VALUES ('0')");
            for (String clock : List.of("now", "clock_timestamp")) {
                statement.execute("CREATE FUNCTION jumping." + clock + "() RETURNS timestamptz VOLATILE LANGUAGE sql AS"
                        + " 'SELECT pg_catalog." + clock + "() + ahead FROM jumping.clock'");
            }
            statement.execute(
                    "ALTER DATABASE " + connection.getCatalog() + " SET search_path = public, jumping, pg_catalog");
        }
        database = Database.open(settings);
        books = new Books(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    static Stream<Arguments> jumps() {
        return Stream.of(
                        Failpoint.AFTER_CLAIM,
                        Failpoint.AFTER_INQUIRY,
                        Failpoint.BEFORE_INTENT,
                        Failpoint.AFTER_INTENT,
                        Failpoint.AFTER_SEND)
                .flatMap(point -> Stream.of("1 hour", "-1 hour")
                        .flatMap(jump -> Stream.of(Fault.NONE, Fault.DROP_ANSWER, Fault.DROP_REQUEST)
                                .map(fault -> Arguments.of(point, jump, fault))));
    }

    @ParameterizedTest
    @MethodSource("jumps")
    void comesToOneEffectAndOneOutcomeThroughAJumpAt(Failpoint point, String jump, Fault atSending) {
        Command command = received();
        faults.add(Fault.NONE);
        faults.add(atSending);
        turn(Failpoints.at(point.name(), at -> jump(jump)));
        run();
        assertThat(acquirer.effects()).hasSize(1);
        assertThat(books.outcomes()).hasSize(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
        assertThat(books.count("SELECT count(*) FROM jumping.clock WHERE ahead <> '0'"))
                .isEqualTo(1);
    }

    @Test
    void repeatsNothingOnceTheClockSaysThatTheKeyMayBeForgotten() {
        Command command = received();
        faults.add(Fault.NONE);
        faults.add(Fault.DROP_REQUEST);
        turn(Failpoints.inert());
        jump("20 hours");
        run();
        assertThat(acquirer.sends()).isEqualTo(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
        assertThat(outcome(command).getDetail()).startsWith("KEY_FORGOTTEN");
    }

    @Test
    void endsNothingAsExpiredThatWasSentBeforeAClockJumpedPastItsEnd() {
        Command command = received();
        faults.add(Fault.NONE);
        faults.add(Fault.DROP_ANSWER);
        turn(Failpoints.inert());
        jump("200 hours");
        run();
        assertThat(outcome(command).getResult()).as("seen at the acquirer").isEqualTo(OutcomeResult.DONE);
        assertThat(acquirer.effects()).hasSize(1);
    }

    private void jump(String by) {
        books.execute("UPDATE jumping.clock SET ahead = ahead + CAST(? AS interval)", by);
    }

    private Command received() {
        Command command = Commands.reverse("p-1")
                .setExpiresAt(Instant.now().plus(Duration.ofHours(100)).truncatedTo(ChronoUnit.MILLIS))
                .setNotBefore(Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS))
                .build();
        new CommandReceipt(database, journal()).receive(List.of(Received.of(command, CommandSignature.Check.VALID)));
        return command;
    }

    private void run() {
        for (int i = 0; i < TURNS_MAX && books.count("SELECT count(*) FROM scheduled_tasks") > 0; i++) {
            // Whoever was to hold it is gone.
            books.execute("UPDATE command SET claimed_until = clock_timestamp() - interval '1 second'"
                    + " WHERE claimed_until IS NOT NULL");
            turn(Failpoints.inert());
        }
    }

    private void turn(Failpoints failpoints) {
        books.execute("UPDATE command SET due_at = clock_timestamp()");
        books.execute("UPDATE scheduled_tasks SET execution_time = clock_timestamp()");
        Acquirers acquirers = new Acquirers(Map.of(
                "*", io.tillwatch.responder.engine.Connection.of("*", CommandWorkerIT.profile(Tier.A), acquirer)));
        CommandWorker worker =
                new CommandWorker(journal(), acquirers, LEASE, new Random(1), failpoints, WorkerEvents.none());
        books.due().forEach(id -> worker.turn(id, Commands.ACQUIRER));
    }

    private CommandJournal journal() {
        return new CommandJournal(
                database, new JournalSettings("one", LEASE, 1_000_000, Duration.ofSeconds(1), true), command -> false);
    }

    private Outcome outcome(Command command) {
        return books.outcomeByCommand().get(command.getCommandId());
    }
}
