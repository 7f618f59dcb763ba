package io.tillwatch.cli.live;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long an alert takes: from the append of the record that makes it true, or from the deadline that has
 * passed, to the moment at which a consumer can read it. All clocks are this machine's.
 */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = "Measures the time from a record or a deadline to the readable alert, on a real broker.")
public final class LatencyCommand implements Callable<Integer> {

    /** Their truth is made by the last record of the payment. */
    private static final Set<AlertType> AT_ONCE =
            EnumSet.of(AlertType.DUPLICATE_SETTLEMENT, AlertType.AMOUNT_CONFLICT, AlertType.OVER_RETURNED);

    /** Their truth is made by time. */
    private static final Set<AlertType> DEADLINES = EnumSet.of(
            AlertType.AUTHORIZATION_UNANSWERED,
            AlertType.CAPTURE_OVERDUE,
            AlertType.PREAUTH_EXPIRED,
            AlertType.SETTLEMENT_OVERDUE);

    private static final double RECORDS_PER_PAYMENT = 2.8;

    @Option(names = "--rate", defaultValue = "2000", description = "Records per second; ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--seconds", defaultValue = "60", description = "How long to measure; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "30", description = "Seconds before measuring; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(names = "--rocksdb", description = "Keep the jobs' state in RocksDB instead of on the heap.")
    private boolean rocksDb;

    @Option(names = "--seed", defaultValue = "1", description = "Of the traffic; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private static final int PROGRESS_SECONDS = 5;

    private record Read(AlertType type, long detectedAtMillis, long readableAtMillis) {}

    private final Map<String, Read> firstRead = new ConcurrentHashMap<>();
    private final Queue<Long> lately = new ConcurrentLinkedQueue<>();

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || warmUpSeconds < 0 || rate <= 0) {
            System.err.println("--seconds and --rate must be above 0, --warm-up not below");
            return 2;
        }
        Path directory = Files.createTempDirectory("tillwatch-latency");
        try {
            LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 4, 2, rocksDb, "PT10S"));
            try (system) {
                return measure(system);
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private int measure(LocalSystem system) throws InterruptedException {
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        AlertReader reader = AlertReader.start(system.bootstrapServers(), this::note);
        try (producer;
                reader) {
            producer.write(Lives.policy(), null);
            producer.flush();
            system.startJobs();
            // One run for all: the lives of the warm-up end within the time that is measured.
            Traffic traffic = new Traffic(producer, new Lives(seed, "latency"), seed, 0.05);
            long from = System.currentTimeMillis() + warmUpSeconds * 1000L;
            ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
            // Ends with the progress: nobody waits for it.
            var unused = progress.scheduleAtFixedRate(
                    () -> tellProgress(traffic, from), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
            try {
                traffic.run(rate / RECORDS_PER_PAYMENT, Duration.ofSeconds(warmUpSeconds + seconds));
                Thread.sleep(Lives.LONGEST.toMillis());
            } finally {
                progress.shutdownNow();
            }
            if (!system.jobsAlive()) {
                System.err.println("the jobs ended by themselves");
                return 1;
            }
            print(traffic, from, from + seconds * 1000L);
            return 0;
        }
    }

    /** On the way, for who waits: how late the alerts of deadlines were since the last line. */
    private void tellProgress(Traffic traffic, long from) {
        List<Long> late = new ArrayList<>();
        for (Long millis = lately.poll(); millis != null; millis = lately.poll()) {
            late.add(millis);
        }
        Percentiles p = percentiles(late);
        System.err.printf(
                "%s: %,d records, %d deadlines told, %d ms late in the median, %d at most%n",
                System.currentTimeMillis() < from ? "warming up" : "measuring",
                traffic.written(),
                p.count(),
                p.p50(),
                p.max());
    }

    private void note(Alert alert, long readableAtMillis) {
        if (alert.getRevision() == 1 && DEADLINES.contains(alert.getType())) {
            lately.add(readableAtMillis - alert.getDetectedAt().toEpochMilli());
        }
        if (alert.getRevision() == 1 && alert.getStatus() == AlertStatus.RAISED && alert.getPaymentId() != null) {
            firstRead.putIfAbsent(
                    alert.getPaymentId() + ":" + alert.getType(),
                    new Read(alert.getType(), alert.getDetectedAt().toEpochMilli(), readableAtMillis));
        }
    }

    private void print(Traffic traffic, long from, long to) {
        List<Long> atOnce = new ArrayList<>();
        List<Long> deadline = new ArrayList<>();
        long missed = 0;
        for (Map.Entry<String, Fault> e : traffic.truth().entrySet()) {
            AlertType type = e.getValue().alert().orElse(null);
            if (type == null) {
                continue;
            }
            Read read = firstRead.get(e.getKey() + ":" + type);
            if (read == null) {
                missed++;
                continue;
            }
            Long appended = traffic.lastAppendedMillis().get(e.getKey());
            if (AT_ONCE.contains(type) && appended >= from && appended < to) {
                atOnce.add(read.readableAtMillis() - appended);
            } else if (DEADLINES.contains(type) && read.detectedAtMillis() >= from && read.detectedAtMillis() < to) {
                deadline.add(read.readableAtMillis() - read.detectedAtMillis());
            }
        }
        Percentiles once = percentiles(atOnce);
        Percentiles timed = percentiles(deadline);
        double measuredRate = traffic.written() / (double) (warmUpSeconds + seconds);
        if (json) {
            System.out.printf(
                    "{\"recordsPerSecond\":%.0f,\"state\":\"%s\",\"missed\":%d,\"atOnceMillis\":%s,\"deadlineMillis\":%s}%n",
                    measuredRate, rocksDb ? "rocksdb" : "heap", missed, once.json(), timed.json());
            return;
        }
        System.out.printf("%.0f records/s, %s, missed %d%n", measuredRate, rocksDb ? "RocksDB" : "heap", missed);
        System.out.println("milliseconds            count     p50     p99   p99.9     max");
        row("record → alert", once);
        row("deadline → alert", timed);
    }

    private static void row(String name, Percentiles p) {
        System.out.printf("%-20s %8d %7d %7d %7d %7d%n", name, p.count(), p.p50(), p.p99(), p.p999(), p.max());
    }

    private static Percentiles percentiles(List<Long> millis) {
        return Percentiles.of(millis.stream().mapToLong(Long::longValue).toArray());
    }
}
