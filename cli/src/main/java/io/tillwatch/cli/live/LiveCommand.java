package io.tillwatch.cli.live;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the real jobs against a real broker on this machine, under traffic with known faults, shows the alerts as they come
 * and holds them against the truth.
 */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the jobs against a real Kafka broker on this machine, under traffic with known faults.",
            "Windows of days are seconds here. Exit code 1 if an alert was missed or raised without cause."
        })
public final class LiveCommand implements Callable<Integer> {

    private static final Duration JOBS_START_WITHIN = Duration.ofSeconds(90);

    @Option(names = "--seconds", defaultValue = "40", description = "How long payments are begun; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--rate", defaultValue = "20", description = "Payments per second; ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--seed", defaultValue = "1", description = "Of the traffic; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--rocksdb", description = "Keep the jobs' state in RocksDB instead of on the heap.")
    private boolean rocksDb;

    @Option(
            names = "--kill",
            description = "Kill the jobs' process (SIGKILL) halfway and start it again from its checkpoint.")
    private boolean kill;

    private final Map<String, Alert> newest = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || rate <= 0 || rate > 5_000) {
            System.err.println("--seconds must be at least 1 and --rate in (0, 5000]");
            return 2;
        }
        Path directory = Files.createTempDirectory("tillwatch-live");
        int exitCode = run(directory);
        if (exitCode == 0) {
            Directories.delete(directory);
        } else {
            out.println("logs and data are kept in " + directory);
        }
        return exitCode;
    }

    private int run(Path directory) throws InterruptedException {
        out.println("starting a Kafka broker …");
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 4, 2, rocksDb, "PT2S"));
        try (system) {
            out.println("Kafka: " + system.bootstrapServers());
            FeedProducer producer = new FeedProducer(system.bootstrapServers());
            try (producer) {
                producer.write(Lives.policy(), null);
                producer.flush();
                out.println("starting the jobs …");
                system.startJobs();
                return underTraffic(system, producer);
            }
        }
    }

    private int underTraffic(LocalSystem system, FeedProducer producer) throws InterruptedException {
        // The first payments wait in the log until the jobs are up: nothing is lost by that.
        Traffic traffic = new Traffic(producer, new Lives(seed, "live" + seed), seed, 0.3);
        AlertReader reader = AlertReader.start(system.bootstrapServers(), (alert, at) -> tell(alert));
        try (reader) {
            Thread writer = new Thread(() -> traffic.run(rate, Duration.ofSeconds(seconds)), "traffic");
            writer.start();
            if (kill) {
                writer.join(Duration.ofSeconds(seconds).toMillis() / 2 + JOBS_START_WITHIN.toMillis() / 6);
                out.println("killing the jobs …");
                system.killJobs();
                system.startJobs();
            }
            writer.join();
            boolean complete = awaitComplete(system, traffic);
            return verdict(traffic, complete) ? 0 : 1;
        }
    }

    private boolean awaitComplete(LocalSystem system, Traffic traffic) throws InterruptedException {
        out.println("waiting for the last deadlines …");
        long until = System.nanoTime() + Lives.LONGEST.plus(JOBS_START_WITHIN).toNanos();
        // After the last expected alert there is a while in which one without cause would still come.
        long quietUntil = System.nanoTime() + Lives.LONGEST.toNanos();
        while (System.nanoTime() < until && system.jobsAlive()) {
            if (missed(traffic).isEmpty() && System.nanoTime() > quietUntil) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private void tell(Alert alert) {
        newest.merge(alert.getAlertId(), alert, (known, now) -> now.getRevision() > known.getRevision() ? now : known);
        // Delivery is at least once: each revision is told once.
        if (told.add(alert.getAlertId() + "/" + alert.getRevision())) {
            String amount = alert.getAmount() == null ? "" : alert.getAmount() + " " + alert.getCurrency();
            out.printf("%-7s %-30s %-22s %s%n", alert.getStatus(), alert.getType(), alert.getPaymentId(), amount);
        }
    }

    private Map<String, AlertType> missed(Traffic traffic) {
        Map<String, AlertType> missed = new TreeMap<>();
        traffic.truth()
                .forEach((paymentId, fault) -> fault.alert().ifPresent(type -> {
                    if (raised(paymentId).noneMatch(type::equals)) {
                        missed.put(paymentId, type);
                    }
                }));
        return missed;
    }

    private Stream<AlertType> raised(String paymentId) {
        String prefix = paymentId + ":";
        return newest.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(e -> e.getValue().getType());
    }

    private boolean verdict(Traffic traffic, boolean complete) {
        Map<AlertType, Integer> byType = new TreeMap<>();
        Map<String, AlertType> spurious = new TreeMap<>();
        for (Alert alert : newest.values()) {
            byType.merge(alert.getType(), 1, Integer::sum);
            Fault fault = alert.getPaymentId() == null ? null : traffic.truth().get(alert.getPaymentId());
            boolean expected = fault != null
                    && fault.alert().filter(alert.getType()::equals).isPresent();
            if (!expected) {
                spurious.put(alert.getAlertId(), alert.getType());
            }
        }
        Map<String, AlertType> missed = missed(traffic);
        out.println();
        byType.forEach((type, count) -> out.printf("%6d %s%n", count, type));
        long still = newest.values().stream()
                .filter(a -> a.getStatus() == AlertStatus.RAISED)
                .count();
        out.printf(
                "payments %d, records %d, alerts %d (%d still raised), missed %d, without cause %d%n",
                traffic.truth().size(), traffic.written(), newest.size(), still, missed.size(), spurious.size());
        missed.forEach((paymentId, type) -> out.println("missed: " + type + " of " + paymentId));
        spurious.keySet().forEach(alertId -> out.println("without cause: " + alertId));
        if (!complete) {
            out.println("the jobs did not get to the end: see their log");
        }
        return complete && missed.isEmpty() && spurious.isEmpty() && traffic.failed() == 0;
    }
}
