package io.tillwatch.responder.bench;

import io.tillwatch.responder.engine.Acquirers;
import io.tillwatch.responder.engine.Chore;
import io.tillwatch.responder.engine.CommandWorker;
import io.tillwatch.responder.engine.Connection;
import io.tillwatch.responder.engine.Engine;
import io.tillwatch.responder.engine.EngineSettings;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.engine.WorkerEvents;
import io.tillwatch.responder.http.HttpAcquirer;
import io.tillwatch.responder.journal.CommandJournal;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.DatabaseSettings;
import io.tillwatch.responder.journal.End;
import io.tillwatch.responder.journal.JournalSettings;
import io.tillwatch.responder.journal.Outbox;
import io.tillwatch.responder.journal.Received;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.signature.CommandSignature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Measures journal and HTTP adapter: commands are taken into the journal in batches, done at an acquirer in this process that
 * answers at once, and their outcomes taken out of the outbox. Without Kafka. The database must be empty.
 */
@CommandLine.Command(
        name = "bench",
        description = "Measures how many commands a second go through journal and HTTP adapter on this machine.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    private static final String ACQUIRER = "bench";
    private static final Duration RELAY_EVERY = Duration.ofMillis(100);
    private static final int BATCH = 500;
    private static final int CONNECTIONS_BESIDE = 8;
    private static final int PROGRESS_EVERY_SECONDS = 2;

    @Option(names = "--database", required = true, description = "URL of an empty PostgreSQL database")
    private String database;

    @Option(names = "--commands", defaultValue = "20000", description = "how many (default: ${DEFAULT-VALUE})")
    private int commands;

    @Option(
            names = "--warm-up",
            defaultValue = "20000",
            description = "done before, and not counted, while the JVM compiles (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--threads", defaultValue = "32", description = "turns at once (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--rate",
            defaultValue = "100000",
            description = "the acquirer's exchanges a second, of which a command takes two (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--json", description = "print the figures as one line of JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Two writes an answer, which the system would otherwise hold back from each other.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        DatabaseSettings settings = new DatabaseSettings(
                database, null, null, threads + CONNECTIONS_BESIDE, DatabaseSettings.ANSWER_WITHIN_DEFAULT);
        try (BenchAcquirer acquirer = new BenchAcquirer();
                Database opened = Database.open(settings)) {
            return measure(acquirer, opened);
        }
    }

    private int measure(BenchAcquirer bench, Database opened) throws InterruptedException {
        Acquirers acquirers = new Acquirers(Map.of(ACQUIRER, connection(bench)));
        JournalSettings journalSettings = JournalSettings.of("bench");
        CommandJournal journal = new CommandJournal(opened, journalSettings, acquirers::waitsForPerson);
        Countdown left = new Countdown();
        CommandWorker worker =
                new CommandWorker(journal, acquirers, journalSettings.lease(), new Random(), Failpoints.inert(), left);
        CommandReceipt receipt = new CommandReceipt(opened, journal);
        EngineSettings engineSettings = new EngineSettings(
                threads,
                EngineSettings.POLL_EVERY_DEFAULT,
                EngineSettings.HEARTBEAT_EVERY_DEFAULT,
                EngineSettings.STOP_WITHIN_DEFAULT,
                EngineSettings.TOLD_KEPT_FOR_DEFAULT);
        List<Chore> relay = List.of(new Chore("relay", RELAY_EVERY, () -> take(opened)));
        try (Engine engine = new Engine(opened, "bench", engineSettings, acquirers, worker, relay)) {
            engine.start();
            run("warming up", receipt, left, 0, warmUp);
            long start = System.nanoTime();
            double received = run("measuring", receipt, left, warmUp, warmUp + commands);
            print(bench, received, seconds(start));
        }
        take(opened);
        acquirers.close();
        return bench.effects() == warmUp + commands && bench.effectsMoreThanOnce() == 0 ? 0 : 1;
    }

    /** Takes in and does these; how many seconds the taking in took. */
    private static double run(String what, CommandReceipt receipt, Countdown left, int first, int end)
            throws InterruptedException {
        CountDownLatch done = left.from(end - first);
        long start = System.nanoTime();
        for (int from = first; from < end; from += BATCH) {
            receipt.receive(batch(from, Math.min(end, from + BATCH)));
        }
        double received = seconds(start);
        while (!done.await(PROGRESS_EVERY_SECONDS, TimeUnit.SECONDS)) {
            System.err.printf(
                    Locale.ROOT, "%s: %,d of %,d commands done%n", what, end - first - done.getCount(), end - first);
        }
        return received;
    }

    private void print(BenchAcquirer bench, double received, double done) {
        Runtime runtime = Runtime.getRuntime();
        String format = json
                ? "{\"commands\":%d,\"receivedPerSecond\":%.0f,\"commandsPerSecond\":%.0f,\"effects\":%d,"
                        + "\"effectsMoreThanOnce\":%d,\"exchangesPerSecondMax\":%d,\"heapMegabytes\":%d}%n"
                : "%d commands: %.0f/s into the journal, %.0f/s done; effects %d, more than once %d;"
                        + " at most %d exchanges in a second; heap %d MB%n";
        System.out.printf(
                Locale.ROOT,
                format,
                commands,
                commands / received,
                commands / done,
                bench.effects(),
                bench.effectsMoreThanOnce(),
                bench.exchangesPerSecondMax(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private Connection connection(BenchAcquirer bench) {
        AdapterSettings.Http adapter = new AdapterSettings.Http(bench.endpoint(), Duration.ofSeconds(10));
        Profile usual = Profile.of(adapter);
        Profile profile = new Profile(
                adapter,
                true,
                usual.keysKept(),
                true,
                true,
                Optional.empty(),
                rate,
                threads,
                usual.attemptsMax(),
                usual.backoffFirst(),
                usual.backoffMax(),
                usual.breakerOpenFor(),
                usual.declines(),
                usual.cutOff());
        return Connection.of(ACQUIRER, profile, new HttpAcquirer(adapter));
    }

    /** What a relay does to the journal, without a broker. */
    private static void take(Database opened) {
        List<Outbox.Telling> batch = opened.jdbi().withHandle(handle -> Outbox.untold(handle, 1_000));
        while (!batch.isEmpty()) {
            List<Outbox.Telling> told = batch;
            opened.jdbi().useTransaction(handle -> Outbox.told(handle, told));
            batch = opened.jdbi().withHandle(handle -> Outbox.untold(handle, 1_000));
        }
    }

    /** Counts commands that end. */
    private static final class Countdown implements WorkerEvents {
        private volatile CountDownLatch left = new CountDownLatch(0);

        CountDownLatch from(int count) {
            CountDownLatch latch = new CountDownLatch(count);
            left = latch;
            return latch;
        }

        @Override
        public void ended(Command command, End end) {
            left.countDown();
        }

        @Override
        public void unknown(Command command) {}

        @Override
        public void lost(String commandId) {}

        @Override
        public void sentAway(String acquirerId) {}

        @Override
        public void answered(String acquirerId, Exchange exchange, String answer, Duration after) {}
    }

    private static List<Received> batch(int from, int to) {
        List<Received> batch = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            batch.add(Received.of(command("p-" + i), CommandSignature.Check.VALID));
        }
        return batch;
    }

    private static Command command(String paymentId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String alertId = paymentId + ":PREAUTH_EXPIRED";
        return Command.newBuilder()
                .setCommandId(alertId + "#REVERSE")
                .setIssue(1)
                .setStatus(CommandStatus.ISSUED)
                .setAlertId(alertId)
                .setPaymentId(paymentId)
                .setAction(Action.REVERSE)
                .setAmount(1_000)
                .setCurrency("EUR")
                .setCause(Cause.UNKNOWN)
                .setApproval(Approval.AUTOMATIC)
                .setIssuedAt(now)
                .setNotBefore(now)
                .setExpiresAt(now.plus(Duration.ofHours(6)))
                .setOriginal(Original.newBuilder()
                        .setAcquirerId(ACQUIRER)
                        .setMerchantId("m-1")
                        .setTerminalId("t-1")
                        .setCardToken("tok-1")
                        .setStan("000123")
                        .setRrn("000000000123")
                        .setAuthCode("A12345")
                        .setAuthorizedAt(now)
                        .build())
                .build();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
