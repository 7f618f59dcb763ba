package io.tillwatch.responder.engine;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
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
import io.tillwatch.responder.profile.Tier;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.signature.CommandSignature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two workers that die at any place at any time, leases that run out under those who live, an acquirer that loses, delays
 * and repeats what is said to it, commands that come twice and are withdrawn: in the end each command has had one effect at
 * most and has exactly one outcome, and the two agree.
 */
@ExtendWith(Postgres.class)
class RandomCrashesIT {

    private static final int PAYMENTS = 60;
    private static final Duration LEASE = Duration.ofMillis(40);
    private static final double CRASH = 0.06;
    private static final double FAULT = 0.3;

    private final long seed = Long.getLong("tillwatch.seed", System.nanoTime());

    @Test
    void comeToOneEffectAtMostAndOneOutcomeEach(Database database) throws InterruptedException {
        System.out.println("random crashes: seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        Random random = new Random(seed);
        Books books = new Books(database);
        FakeAcquirer acquirer = new FakeAcquirer(faults(new Random(random.nextLong())), true);
        List<Command> commands = commands(random, acquirer);
        CommandReceipt receipt = new CommandReceipt(database, journal(database, "intake"));
        for (Command command : commands) {
            receipt.receive(List.of(Received.of(command, CommandSignature.Check.VALID)));
        }
        AtomicInteger crashes = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (String instance : List.of("one", "two")) {
            Random own = new Random(random.nextLong());
            Thread thread = new Thread(() -> work(database, books, acquirer, own, instance, crashes), instance);
            thread.start();
            workers.add(thread);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        acquirer.deliverDelayed();
        check(books, acquirer, commands);
        assertThat(crashes).as("a run without crashes shows nothing").hasPositiveValue();
    }

    private static void check(Books books, FakeAcquirer acquirer, List<Command> commands) {
        Map<String, Long> effects =
                acquirer.effects().stream().collect(groupingBy(FakeAcquirer.Effect::commandId, counting()));
        assertThat(effects.values()).as("R1").allMatch(count -> count == 1);
        Map<String, Outcome> outcomes = books.outcomeByCommand();
        for (Command command : commands) {
            Outcome outcome = outcomes.get(command.getCommandId());
            assertThat(outcome).as("R4: outcome of %s", command.getCommandId()).isNotNull();
            boolean done = effects.containsKey(command.getCommandId());
            if (outcome.getResult() != OutcomeResult.ESCALATED) {
                assertThat(outcome.getResult() == OutcomeResult.DONE)
                        .as("R8: outcome and effect of %s: %s", command.getCommandId(), outcome)
                        .isEqualTo(done);
            }
            assertThat(books.state(command.getCommandId()))
                    .as("R8: journal")
                    .isEqualTo(outcome.getResult().name());
        }
        assertThat(books.count("SELECT count(*) FROM command WHERE in_flight"))
                .as("R5")
                .isZero();
        assertThat(books.count("SELECT count(*) FROM scheduled_tasks")).isZero();
    }

    private void work(
            Database database,
            Books books,
            FakeAcquirer acquirer,
            Random random,
            String instance,
            AtomicInteger crashes) {
        Acquirers acquirers = new Acquirers(Map.of("*", Connection.of("*", CommandWorkerIT.profile(Tier.A), acquirer)));
        Failpoints failpoints = point -> {
            boolean crash;
            synchronized (random) {
                crash = random.nextDouble() < CRASH;
            }
            if (crash) {
                crashes.incrementAndGet();
                throw new Crash(point);
            }
        };
        CommandWorker worker = new CommandWorker(
                journal(database, instance),
                acquirers,
                LEASE,
                new Random(random.nextLong()),
                failpoints,
                WorkerEvents.none());
        while (books.count("SELECT count(*) FROM scheduled_tasks") > 0) {
            for (String id : books.due()) {
                try {
                    worker.turn(id, Commands.ACQUIRER);
                } catch (Crash dead) {
                    // The next turn is that of its successor, as soon as the lease is over.
                }
            }
            if (random.nextInt(10) == 0) {
                acquirer.deliverDelayed();
            }
        }
    }

    private static List<Command> commands(Random random, FakeAcquirer acquirer) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            String payment = "p-" + i;
            if (random.nextInt(12) > 0) {
                acquirer.approved(payment, 2_000);
            }
            if (random.nextInt(12) == 0) {
                acquirer.approved(payment, 2_000).settle(payment);
            }
            commands.add(Commands.reverse(payment).build());
            if (random.nextInt(3) == 0) {
                commands.add(Commands.command(payment, "PREAUTH_EXPIRED", Action.REVERSE)
                        .build());
            }
        }
        List<Command> all = new ArrayList<>(commands);
        for (Command command : commands) {
            if (random.nextInt(10) == 0) {
                all.add(Command.newBuilder(command)
                        .setIssue(2)
                        .setStatus(CommandStatus.WITHDRAWN)
                        .build());
            }
            if (random.nextInt(4) == 0) {
                all.add(command);
            }
        }
        return all;
    }

    private static java.util.function.Supplier<Fault> faults(Random random) {
        return () -> {
            synchronized (random) {
                Fault[] all = Fault.values();
                return random.nextDouble() < FAULT ? all[1 + random.nextInt(all.length - 1)] : Fault.NONE;
            }
        };
    }

    private static CommandJournal journal(Database database, String instance) {
        JournalSettings settings = new JournalSettings(instance, LEASE, 1_000_000, Duration.ofMillis(20), true);
        return new CommandJournal(database, settings, command -> false);
    }
}
