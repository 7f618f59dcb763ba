package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ProgramProcess.Program;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** One run from the first process to the verdict. */
final class ChaosRun {

    private static final Duration JOURNAL_WITHIN = Duration.ofSeconds(60);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 20;
    /** Commands that may be open at once: what is killed should have work, and little enough to get to the end of. */
    private static final int OPEN_MAX = 400;

    /** Exchanges a second with each acquirer: more than two cores can make. */
    private static final int RATE = 500;

    private final ChaosSettings settings;
    private final Path directory;
    private final Home home;
    private final PrintStream out;
    private final Clock clock;
    private final Deeds deeds = new Deeds();
    private final AtomicInteger kills = new AtomicInteger();
    private final List<Reaper> reapers = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private long toldNanos;

    /**
     * Nothing is started.
     *
     * @param directory for data and logs
     * @param out where progress is told
     */
    ChaosRun(ChaosSettings settings, Path directory, Home home, PrintStream out, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.home = home;
        this.out = out;
        this.clock = clock;
    }

    /** Runs it. */
    Verdict run() throws InterruptedException, SQLException {
        try (Stage stage = Stage.start(directory, home, settings.seed(), new Stage.Conditions(true, RATE), deeds)) {
            out.println("Kafka, PostgreSQL and the acquirers run; their logs are in " + directory);
            Thread hook = new Thread(this::closeReapers, "reapers");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return perform(stage);
            } finally {
                closeReapers();
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private Verdict perform(Stage stage) throws InterruptedException, SQLException {
        Deque<Death> plan = new ConcurrentLinkedDeque<>(
                Death.plan(settings.kills(), settings.seed(), ChaosSettings.LEASE.toMillis()));
        Deque<Death> none = new ConcurrentLinkedDeque<>();
        // The first one brings the tables up undisturbed, so that the run can close switches before anything is sent.
        reap(stage, stage.firstResponder(), "first", none);
        awaitTables(stage);
        try (Journal journal = new Journal(stage.jdbcUrl());
                CommandTopics topics = new CommandTopics(stage.bootstrapServers())) {
            journal.turnSwitch(Bank.SHUT.acquirerId(), true);
            journal.budget(Bank.THRIFTY.acquirerId(), ChaosSettings.BUDGET);
            closeReapers();
            for (int i = 1; i <= settings.instances(); i++) {
                reap(stage, stage.responder(), "reaper-" + i, plan);
            }
            Scenes scenes = new Scenes(Long.toString(settings.seed(), 36), settings.seed(), clock);
            Director director = new Director(scenes, stage, topics, journal, deeds, clock);
            act(director, journal, topics);
            release(journal);
            awaitEnd(journal);
            return verdict(stage, journal, director.written());
        }
    }

    private void reap(Stage stage, Program program, String name, Deque<Death> plan) {
        synchronized (reapers) {
            reapers.add(new Reaper(name, stage, program, plan, deeds, kills));
        }
    }

    private void closeReapers() {
        synchronized (reapers) {
            reapers.forEach(Reaper::close);
            reapers.clear();
        }
    }

    private void awaitTables(Stage stage) throws InterruptedException, SQLException {
        long until = System.nanoTime() + JOURNAL_WITHIN.toNanos();
        try (Journal journal = new Journal(stage.jdbcUrl())) {
            while (!journal.isThere()) {
                checkReapers();
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("the responder has not made its tables within " + JOURNAL_WITHIN);
                }
                Thread.sleep(LOOK_MILLIS * 5);
            }
        }
    }

    /** Writes commands in step with the kills, so that there is work at each of them, until both are used up. */
    private void act(Director director, Journal journal, CommandTopics topics)
            throws InterruptedException, SQLException {
        long settled = 0;
        int asked = 0;
        boolean open = true;
        while (open || !director.isOver()) {
            checkReapers();
            director.perform();
            int behind = settings.kills() == 0 ? settings.commands() : share(kills.get() + settings.instances());
            while (asked < Math.min(settings.commands(), behind) && asked - settled < OPEN_MAX) {
                asked += director.begin();
                director.perform();
            }
            open = asked < settings.commands() || kills.get() < settings.kills();
            Journal.Progress progress = journal.progress();
            // What is held back until the end of the run is no work for anybody.
            settled = progress.ended() + progress.held();
            tell(asked, progress);
            if (isLate()) {
                break;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        topics.flush();
    }

    private int share(int kill) {
        return (int) Math.min(settings.commands(), (long) settings.commands() * kill / settings.kills());
    }

    /** What was held back may go now. */
    private void release(Journal journal) throws SQLException {
        out.println("the switch is opened, the budget lifted; waiting for the last commands …");
        deeds.opening(clock.instant());
        journal.turnSwitch(Bank.SHUT.acquirerId(), false);
        journal.budget(Bank.THRIFTY.acquirerId(), Integer.MAX_VALUE);
    }

    private void awaitEnd(Journal journal) throws InterruptedException, SQLException {
        int asked = deeds.asked().size();
        Journal.Progress progress = journal.progress();
        while (progress.known() < asked || progress.ended() < progress.known() || progress.untold() > 0) {
            checkReapers();
            tell(asked, progress);
            if (isLate()) {
                out.println("the time is up: " + progress);
                return;
            }
            Thread.sleep(LOOK_MILLIS * 10);
            progress = journal.progress();
        }
    }

    private Verdict verdict(Stage stage, Journal journal, long written) throws InterruptedException, SQLException {
        closeReapers();
        // What is still on its way to an acquirer must have arrived.
        Thread.sleep(ChaosSettings.DELAY.plus(ChaosSettings.TIMEOUT).toMillis());
        List<Effect> effects = new ArrayList<>();
        Map<String, JsonNode> books = new HashMap<>();
        for (AcquirerSide side : stage.sides()) {
            effects.addAll(side.effects());
            side.ledger().forEach(payment -> books.put(payment.path("paymentId").asText(), payment));
        }
        Evidence evidence = new Evidence(
                deeds,
                journal.commands(),
                journal.attempts(),
                journal.approvals(),
                journal.audit(),
                Evidence.byCommand(effects, deeds.asked().keySet()),
                books,
                Topics.all(stage.bootstrapServers(), Topic.OUTCOMES, RecordType.OUTCOME),
                Topics.all(stage.bootstrapServers(), Topic.REVERSALS, RecordType.REVERSAL));
        return Verdict.of(evidence, written, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private void checkReapers() {
        synchronized (reapers) {
            for (Reaper reaper : reapers) {
                reaper.failure().ifPresent(failure -> {
                    throw failure;
                });
            }
        }
    }

    private boolean isLate() {
        return System.nanoTime() - startNanos > settings.within().toNanos();
    }

    private void tell(int asked, Journal.Progress progress) {
        if (System.nanoTime() - toldNanos > TELL_EVERY.toNanos()) {
            toldNanos = System.nanoTime();
            out.printf(
                    "%s commands %d of %d, ended %d, kills %d of %d%n",
                    Instant.now(clock).toString().substring(11, 19),
                    asked,
                    settings.commands(),
                    progress.ended(),
                    kills.get(),
                    settings.kills());
        }
    }
}
