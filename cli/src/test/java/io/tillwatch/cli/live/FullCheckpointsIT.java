package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.testkit.DiskLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Held: there is no room for checkpoints while payments are under way. The jobs raise alerts as before, take checkpoints again
 * when there is room, and lose and double nothing when they are killed in the middle of it.
 */
class FullCheckpointsIT {

    private static final double RATE = 15;

    @TempDir
    private Path directory;

    @Test
    void goesOnWithoutRoomForCheckpointsAndLosesNothing() throws Exception {
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 3, 2, false, "PT1S"));
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        try (system;
                producer) {
            producer.write(Lives.policy(), (metadata, error) -> {});
            producer.flush();
            system.startJobs();
            Observed observed = new Observed(system);
            Traffic traffic = new Traffic(producer, new Lives(11, "room"), 11, 0.5);
            Thread writer = new Thread(() -> traffic.run(RATE, Duration.ofSeconds(40)));
            writer.start();
            observed.await("a checkpoint of each job", () -> jobsWith(checkpoints()) == 2);

            DiskLimit.full(system.jobsPid(), 1);
            Set<Path> before = checkpoints();
            int known = observed.alerts().size();
            observed.awaitAlerts(known + 20);
            assertThat(before).as("no checkpoint was completed meanwhile").containsAll(checkpoints());
            assertThat(observed.writtenTwice()).as("nothing was read again").isEmpty();

            DiskLimit.room(system.jobsPid());
            observed.await("a new checkpoint of each job", () -> {
                Set<Path> since = checkpoints();
                since.removeAll(before);
                return jobsWith(since) == 2;
            });

            DiskLimit.full(system.jobsPid(), 1);
            observed.awaitAlerts(observed.alerts().size() + 10);
            system.killJobs();
            system.startJobs();
            writer.join();
            assertThat(traffic.failed()).isZero();
            observed.awaitExpected();
        }
    }

    /** The complete checkpoints that are kept now. */
    private Set<Path> checkpoints() {
        Path root = directory.resolve("checkpoints");
        try (Stream<Path> files = Files.isDirectory(root) ? Files.walk(root) : Stream.empty()) {
            return files.filter(file -> file.endsWith("_metadata")).collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            return Set.of(); // one went away while they were listed: they are listed again
        }
    }

    private long jobsWith(Set<Path> metadata) {
        Path root = directory.resolve("checkpoints");
        return metadata.stream()
                .map(file -> root.relativize(file).getName(0))
                .distinct()
                .count();
    }
}
