package io.tillwatch.cli.chaos;

import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ProgramProcess;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Trap 26: the responders come back after a day of outage. All commands are there before the first one starts; they must be
 * worked off without an acquirer being asked more often than its profile allows, and without the heap growing with what waits.
 */
final class BacklogRun {

    private static final List<Bank> BANKS = List.of(Bank.HTTP_A, Bank.ISO_A);
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 500;
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int HEAP_SAMPLES = 8;

    /** A window of the acquirer's clock and one of the responder's never begin together: what is at its edge may fall in. */
    private static final double RATE_TOLERANCE = 1.1;

    /** How much more of the heap may be alive in the second half than in the first: warmth, not what waits. */
    private static final double HEAP_GROWTH_MAX = 1.25;

    private static final long HEAP_GROWTH_BYTES_MAX = 16L * 1024 * 1024;

    private final ChaosSettings settings;
    private final int exchangesPerSecond;
    private final Path directory;
    private final Home home;
    private final PrintStream out;
    private final Clock clock;
    private final Deeds deeds = new Deeds();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Long> heapBytes = new ArrayList<>();

    /**
     * Nothing is started.
     *
     * @param exchangesPerSecond of each acquirer's profile
     */
    BacklogRun(
            ChaosSettings settings, int exchangesPerSecond, Path directory, Home home, PrintStream out, Clock clock) {
        this.settings = settings;
        this.exchangesPerSecond = exchangesPerSecond;
        this.directory = directory;
        this.home = home;
        this.out = out;
        this.clock = clock;
    }

    /** Runs it. */
    Verdict run() throws InterruptedException, SQLException {
        Stage.Conditions conditions = new Stage.Conditions(false, exchangesPerSecond);
        try (Stage stage = Stage.start(directory, home, settings.seed(), conditions, deeds)) {
            write(stage);
            out.println(settings.commands() + " commands wait; the responders start");
            List<ProgramProcess> responders = new ArrayList<>();
            Thread hook = new Thread(() -> responders.forEach(ProgramProcess::kill), "responders");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                for (int i = 0; i < settings.instances(); i++) {
                    responders.add(ProgramProcess.start(stage.responder(), stage.responderArguments()));
                }
                Duration took = drain(stage, responders);
                return verdict(stage, took);
            } finally {
                responders.forEach(ProgramProcess::close);
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private void write(Stage stage) throws InterruptedException {
        try (CommandTopics topics = new CommandTopics(stage.bootstrapServers())) {
            List<BankEvent> events = new ArrayList<>();
            for (int number = 0; number < settings.commands(); number++) {
                Bank bank = BANKS.get(number % BANKS.size());
                Random random = new Random(settings.seed() * 1_000_003 + number);
                Staging staging = new Staging(Plot.PREAUTH_HELD, bank, "b", number, clock.instant(), random);
                events.add(staging.authorized(false));
                Command command = staging.whole("PREAUTH_EXPIRED", Action.REVERSE, staging.amount);
                topics.write(command);
                if (events.size() == EVENTS_AT_ONCE || number == settings.commands() - 1) {
                    stage.side(bank).happened(events);
                    events.clear();
                }
            }
            topics.flush();
        }
    }

    private Duration drain(Stage stage, List<ProgramProcess> responders) throws InterruptedException, SQLException {
        for (ProgramProcess responder : responders) {
            if (responder.awaitReady(READY_WITHIN).isEmpty()) {
                throw new IllegalStateException("a responder does not start: its log is "
                        + stage.responder().log());
            }
        }
        long start = System.nanoTime();
        try (Journal journal = new Journal(stage.jdbcUrl())) {
            long ended = 0;
            while (ended < settings.commands()) {
                Thread.sleep(LOOK_MILLIS);
                ended = journal.progress().ended();
                if (ended * HEAP_SAMPLES / settings.commands() > heapBytes.size()) {
                    heapBytes.add(HeapProbe.liveBytes(responders.get(0).pid()));
                    out.printf("ended %d, alive on the heap %d MB%n", ended, heapBytes.get(heapBytes.size() - 1) >> 20);
                }
                if (System.nanoTime() - start > settings.within().toNanos()) {
                    violations.add(new Violation("R4", "", "only " + ended + " commands have ended"));
                    break;
                }
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Verdict verdict(Stage stage, Duration took) throws InterruptedException {
        List<Effect> effects = stage.side(Bank.HTTP_A).effects();
        Map<String, Integer> keys = new TreeMap<>();
        Map<String, Integer> perSecond = new TreeMap<>();
        for (Effect effect : effects) {
            if (keys.merge(effect.key(), 1, Integer::sum) > 1) {
                violations.add(new Violation("R1", effect.key(), "more than one effect"));
            }
            perSecond.merge(effect.acquirerId() + "@" + effect.at() / 1_000, 1, Integer::sum);
        }
        int peak = perSecond.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        // Each effect had an inquiry before it, so that only half the exchanges are instructions.
        if (peak > exchangesPerSecond / 2.0 * RATE_TOLERANCE) {
            violations.add(new Violation(
                    "RATE", "", peak + " effects within a second, each of two exchanges, at " + exchangesPerSecond));
        }
        heap();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("commands", settings.commands());
        figures.put("effects", effects.size());
        figures.put("seconds", took.toSeconds());
        figures.put("commandsPerSecond", settings.commands() / Math.max(1, took.toSeconds()));
        figures.put("effectsPerSecondPeak", peak);
        figures.put("exchangesPerSecondAllowed", exchangesPerSecond);
        figures.put("heapAliveMegabytes", heapBytes.stream().map(b -> b >> 20).toList());
        figures.put("violations", violations.size());
        return new Verdict(figures, violations);
    }

    /** The first half has the most that waits; the second must not have more alive. */
    private void heap() {
        int half = heapBytes.size() / 2;
        long before =
                heapBytes.stream().limit(half).mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
        long after =
                heapBytes.stream().skip(half).mapToLong(Long::longValue).max().orElse(0);
        if (after > before * HEAP_GROWTH_MAX && after - before > HEAP_GROWTH_BYTES_MAX) {
            violations.add(new Violation("HEAP", "", "grew from " + before + " to " + after + " bytes alive"));
        }
    }
}
