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
import io.tillwatch.responder.journal.JournalSettings;
import io.tillwatch.responder.journal.Received;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.responder.profile.Tier;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.signature.CommandSignature;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker makes of what an acquirer does, turn by turn, on a real PostgreSQL. */
@ExtendWith(Postgres.class)
class CommandWorkerIT {

    private static final int TURNS_MAX = 100;

    private Database database;
    private Books books;
    private final Deque<Fault> faults = new ArrayDeque<>();

    @BeforeEach
    void open(Database given) {
        database = given;
        books = new Books(database);
    }

    @Test
    void inquiresThenSendsOnceAndSaysDone() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        run(acquirer, Tier.A);
        assertThat(acquirer.inquiries()).isEqualTo(1);
        assertThat(acquirer.effects()).containsExactly(new FakeAcquirer.Effect(command.getCommandId(), 1_000, 1));
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
        assertThat(outcome(command).getAmount()).isEqualTo(1_000);
        assertThat(books.reversals()).hasSize(1);
        assertThat(books.count("SELECT count(*) FROM scheduled_tasks")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_REQUEST", "DROP_ANSWER", "DELAY", "DUPLICATE", "TRY_LATER"})
    void doesItOnceWhateverBecomesOfTheFirstRequest(Fault fault) {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        faults.add(Fault.NONE);
        faults.add(fault);
        run(acquirer, Tier.A);
        acquirer.deliverDelayed();
        assertThat(acquirer.effects()).hasSize(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
    }

    @Test
    void failsOnAMappedAndFinalDecline() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        faults.add(Fault.NONE);
        faults.add(Fault.SETTLE_FIRST);
        run(acquirer, Tier.A);
        assertThat(acquirer.effects()).isEmpty();
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.FAILED);
        assertThat(outcome(command).getDetail()).isEqualTo("DECLINED: ALREADY_SETTLED");
    }

    @Test
    void reversesNothingThatIsSettled() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        acquirer.settle("p-1");
        Command command = received(Commands.reverse("p-1"));
        run(acquirer, Tier.A);
        assertThat(acquirer.sends()).isZero();
        assertThat(outcome(command).getDetail()).startsWith("SETTLED");
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
    }

    @Test
    void neverTurnsWhatItDoesNotKnowIntoFailed() {
        FakeAcquirer acquirer = new FakeAcquirer(() -> Fault.DROP_REQUEST, true).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        run(acquirer, Tier.A);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
        assertThat(outcome(command).getDetail()).startsWith("ATTEMPTS_SPENT");
        assertThat(acquirer.inquiries()).as("attemptsMax, and once more").isEqualTo(7);
        assertThat(acquirer.sends()).isZero();
    }

    @Test
    void sendsNothingUnaskedToAnAcquirerThatAnswersInquiriesAsARule() {
        FakeAcquirer acquirer = new FakeAcquirer(() -> Fault.NOT_ANSWERING, true).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        run(acquirer, Tier.A);
        assertThat(acquirer.sends()).isZero();
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
    }

    @Test
    void sendsNoMoreOftenThanItMayAndAsksOnceMoreWhatCameOfIt() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        for (int i = 0; i < 6; i++) {
            faults.add(Fault.NONE);
            faults.add(i < 5 ? Fault.DROP_REQUEST : Fault.DROP_ANSWER);
        }
        run(acquirer, Tier.A);
        assertThat(acquirer.sends()).isEqualTo(6);
        assertThat(outcome(command).getResult()).as("seen by the last inquiry").isEqualTo(OutcomeResult.DONE);
        assertThat(acquirer.effects()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"B", "C"})
    void sendsOnceOnlyWhereNothingIsDeduplicated(Tier tier) {
        FakeAcquirer acquirer = acquirer(tier).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        faults.add(Fault.NONE);
        faults.add(Fault.DROP_REQUEST);
        run(acquirer, tier);
        assertThat(acquirer.sends()).isEqualTo(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
    }

    @Test
    void asksWhatWasDoneWhereNothingIsDeduplicated() {
        FakeAcquirer acquirer = acquirer(Tier.B).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        faults.add(Fault.NONE);
        faults.add(Fault.DROP_ANSWER);
        run(acquirer, Tier.B);
        assertThat(acquirer.sends()).isEqualTo(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
        assertThat(outcome(command).getDetail()).startsWith("SEEN");
    }

    @Test
    void leavesADuplicateAloneWhoseCounterpartIsGone() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(duplicateOf("p-0"));
        run(acquirer, Tier.A);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.NOT_NEEDED);
        assertThat(acquirer.sends()).isZero();
    }

    @Test
    void reversesADuplicateWhoseCounterpartStands() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000).approved("p-0", 1_000);
        Command command = received(duplicateOf("p-0"));
        run(acquirer, Tier.A);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
        assertThat(acquirer.inquiries()).isEqualTo(2);
    }

    @Test
    void sendsNothingAgainOnceTheKeyMayBeForgotten() {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        faults.add(Fault.NONE);
        faults.add(Fault.DROP_REQUEST);
        turn(acquirer, Tier.A);
        books.execute("UPDATE command SET first_sent_at = first_sent_at - interval '20 hours'");
        run(acquirer, Tier.A);
        assertThat(acquirer.sends()).isEqualTo(1);
        assertThat(outcome(command).getDetail()).startsWith("KEY_FORGOTTEN");
    }

    @Test
    void letsAPersonDecideAboutAPresentmentThatIsNotDeduplicated() {
        Acquirers acquirers = new Acquirers(Map.of(Commands.ACQUIRER, connection(acquirer(Tier.C), Tier.C)));
        Command retry =
                Commands.command("p-1", "CAPTURE_OVERDUE", Action.RETRY_CAPTURE).build();
        assertThat(acquirers.waitsForPerson(retry)).isTrue();
        assertThat(acquirers.waitsForPerson(Commands.reverse("p-1").build())).isFalse();
        Acquirers good = new Acquirers(Map.of("*", connection(acquirer(Tier.A), Tier.A)));
        assertThat(good.waitsForPerson(retry)).isFalse();
    }

    @Test
    void escalatesWhatIsForAnAcquirerThatNobodyConfigured() {
        Command command = received(Commands.reverse("p-1"));
        worker(new Acquirers(Map.of()), Failpoints.inert(), "one").turn(command.getCommandId(), Commands.ACQUIRER);
        assertThat(outcome(command).getDetail()).startsWith("NO_PROFILE");
    }

    @ParameterizedTest
    @EnumSource(
            value = Failpoint.class,
            names = {"AFTER_CLAIM", "AFTER_INQUIRY", "BEFORE_INTENT", "AFTER_INTENT", "AFTER_SEND", "AFTER_END"})
    void comesToOneEffectAndOneOutcomeThroughACrashAt(Failpoint point) {
        FakeAcquirer acquirer = acquirer(Tier.A).approved("p-1", 1_000);
        Command command = received(Commands.reverse("p-1"));
        Acquirers acquirers = new Acquirers(Map.of("*", connection(acquirer, Tier.A)));
        Failpoints crash = Failpoints.at(point.name(), at -> {
            throw new Crash(at);
        });
        CommandWorker dying = worker(acquirers, crash, "dying");
        assertThat(dies(() -> dying.turn(command.getCommandId(), Commands.ACQUIRER)))
                .isTrue();
        books.execute("UPDATE command SET claimed_until = clock_timestamp()");
        run(acquirer, Tier.A);
        assertThat(acquirer.effects()).hasSize(1);
        assertThat(books.outcomes()).hasSize(1);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
    }

    /** Held: killed twice, at each pair of places, the second time by whoever took over from the first. */
    @Test
    void comesToOneEffectAndOneOutcomeThroughCrashesAtEachPairOfPlaces() {
        List<Failpoint> points = List.of(
                Failpoint.AFTER_CLAIM,
                Failpoint.AFTER_INQUIRY,
                Failpoint.BEFORE_INTENT,
                Failpoint.AFTER_INTENT,
                Failpoint.AFTER_SEND,
                Failpoint.AFTER_UNKNOWN,
                Failpoint.AFTER_END);
        FakeAcquirer acquirer = acquirer(Tier.A);
        int crashes = 0;
        for (Failpoint first : points) {
            for (Failpoint second : points) {
                String payment = first + "-" + second;
                acquirer.approved(payment, 1_000);
                Command command = received(Commands.reverse(payment));
                faults.clear();
                // So that the place after an answer that says nothing is passed.
                faults.addAll(List.of(Fault.NONE, Fault.DROP_ANSWER));
                crashes += crash(acquirer, command, first) + crash(acquirer, command, second);
                run(acquirer, Tier.A);
                assertThat(outcome(command).getResult()).as(payment).isEqualTo(OutcomeResult.DONE);
            }
        }
        assertThat(crashes).isGreaterThan(points.size() * points.size());
        assertThat(acquirer.effects()).hasSize(points.size() * points.size());
        assertThat(books.outcomes()).hasSize(points.size() * points.size());
    }

    /** How often it died: once, or not at all if the place was not passed. */
    private int crash(FakeAcquirer acquirer, Command command, Failpoint point) {
        books.execute("UPDATE command SET due_at = clock_timestamp(), claimed_until = clock_timestamp()"
                + " WHERE state NOT IN ('DONE')");
        CommandWorker dying = worker(
                new Acquirers(Map.of("*", connection(acquirer, Tier.A))),
                Failpoints.at(point.name(), at -> {
                    throw new Crash(at);
                }),
                "dying");
        boolean died = dies(() -> dying.turn(command.getCommandId(), Commands.ACQUIRER));
        books.execute("UPDATE command SET claimed_until = clock_timestamp()");
        return died ? 1 : 0;
    }

    private static boolean dies(Runnable turn) {
        try {
            turn.run();
            return false;
        } catch (Crash expected) {
            return true;
        }
    }

    private static Command.Builder duplicateOf(String counterpart) {
        return Commands.command("p-1", "DUPLICATE_AUTHORIZATION", Action.REVERSE)
                .setOriginal(
                        Commands.original().setCounterpartPaymentId(counterpart).build());
    }

    private FakeAcquirer acquirer(Tier tier) {
        return new FakeAcquirer(() -> faults.isEmpty() ? Fault.NONE : faults.poll(), tier == Tier.A);
    }

    private Command received(Command.Builder builder) {
        Command command = builder.build();
        new CommandReceipt(database, journal("intake"))
                .receive(List.of(Received.of(command, CommandSignature.Check.VALID)));
        return command;
    }

    /** Turn after turn, without waiting between them, until nothing is left to do. */
    private void run(FakeAcquirer acquirer, Tier tier) {
        for (int i = 0; i < TURNS_MAX && books.count("SELECT count(*) FROM scheduled_tasks") > 0; i++) {
            turn(acquirer, tier);
        }
    }

    private void turn(FakeAcquirer acquirer, Tier tier) {
        books.execute("UPDATE command SET due_at = clock_timestamp() WHERE state NOT IN ('DONE')");
        books.execute("UPDATE scheduled_tasks SET execution_time = clock_timestamp()");
        CommandWorker worker =
                worker(new Acquirers(Map.of("*", connection(acquirer, tier))), Failpoints.inert(), "one");
        books.due().forEach(id -> worker.turn(id, Commands.ACQUIRER));
    }

    private CommandWorker worker(Acquirers acquirers, Failpoints failpoints, String instance) {
        return new CommandWorker(
                journal(instance), acquirers, Duration.ofSeconds(30), new Random(1), failpoints, WorkerEvents.none());
    }

    private CommandJournal journal(String instance) {
        JournalSettings settings =
                new JournalSettings(instance, Duration.ofSeconds(30), 1_000_000, Duration.ofSeconds(1), true);
        return new CommandJournal(database, settings, command -> false);
    }

    private static Connection connection(FakeAcquirer acquirer, Tier tier) {
        return Connection.of("*", profile(tier), acquirer);
    }

    static Profile profile(Tier tier) {
        return new Profile(
                new AdapterSettings.Http(URI.create("http://127.0.0.1"), Duration.ofSeconds(1)),
                tier != Tier.C,
                tier == Tier.A ? Duration.ofHours(20) : Duration.ZERO,
                tier != Tier.C,
                tier == Tier.A,
                Optional.empty(),
                10_000,
                16,
                6,
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                Duration.ofMillis(5),
                Profile.DECLINES_DEFAULT,
                Optional.empty());
    }

    private Outcome outcome(Command command) {
        return books.outcomeByCommand().get(command.getCommandId());
    }
}
