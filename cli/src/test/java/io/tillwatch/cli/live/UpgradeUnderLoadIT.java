package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.record.AlertType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jobs against a real broker, stopped in order and started again while payments are under way, as an upgrade is, with
 * another parallelism and another kind of state.
 */
class UpgradeUnderLoadIT {

    private static final long SEED = Long.getLong("tillwatch.seed", 23);
    private static final double RATE = 15;
    private static final int SOME_ALERTS = 12;

    @TempDir
    private Path directory;

    /** Trap 20: what stands in savepoints of earlier releases is restored beside each operator. */
    @Test
    void losesNothingAndTellsNothingTwiceThoughStoppedWithSavepointsAndRescaled() throws Exception {
        System.out.println("seed " + SEED);
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 3, 1, false, "PT1S"));
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        try (system;
                producer) {
            producer.write(Lives.policy(), (metadata, error) -> {});
            producer.flush();
            start(system, 1, "heap");
            Traffic traffic = new Traffic(producer, new Lives(SEED, "upgrade"), SEED, 0.5);
            Thread writer = new Thread(() -> traffic.run(RATE, Duration.ofMinutes(3)));
            writer.start();
            Observed observed = new Observed(system, false);
            observed.awaitAlerts(SOME_ALERTS);
            upgrade(system, 2, "rocksdb");
            observed.awaitAlerts(observed.alerts().size() + SOME_ALERTS);
            upgrade(system, 1, "heap");
            observed.awaitAlerts(observed.alerts().size() + SOME_ALERTS);
            assertThat(writer.isAlive())
                    .as("payments were under way all the time")
                    .isTrue();
            traffic.enough();
            writer.join();
            assertThat(traffic.failed()).isZero();

            observed.awaitExpected();
            assertThat(observed.typesByPayment()).isEqualTo(truth(traffic));
            assertThat(observed.writtenTwice()).as("nothing was read again").isEmpty();
            assertThat(restored()).isEqualTo(4);
        }
    }

    private static void upgrade(LocalSystem system, int parallelism, String state) throws InterruptedException {
        assertThat(system.stopJobs())
                .as("exit code: each job has its savepoint")
                .isZero();
        start(system, parallelism, state);
    }

    private static void start(LocalSystem system, int parallelism, String state) {
        system.startJobs("--parallelism", Integer.toString(parallelism), "--state", state, "--stop-within", "PT1M");
    }

    /** What was planted in the traffic, and nothing else, by payment. */
    private static Map<String, Set<AlertType>> truth(Traffic traffic) {
        Map<String, Set<AlertType>> truth = new TreeMap<>();
        traffic.truth()
                .forEach((paymentId, fault) -> fault.alert().ifPresent(type -> truth.put(paymentId, Set.of(type))));
        return truth;
    }

    /** How often a job was started from a savepoint, as it says itself. */
    private long restored() throws IOException {
        return Files.readAllLines(directory.resolve("jobs.log")).stream()
                .filter(line -> line.matches("tillwatch-\\w+ starts from file:.*/savepoints/savepoint-.*"))
                .count();
    }
}
