package io.tillwatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.process.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./tillwatch chaos}. */
class ChaosIT {

    private static final long SEED = Long.getLong("tillwatch.seed", 1);

    @TempDir
    private Path directory;

    /**
     * Held: killed at every barrier, and asleep past the lease (SIGSTOP); a commit acknowledged late or never; all that an
     * acquirer can answer; a settlement that races a reversal; a key outlived; a reversal and a refund of the same money.
     */
    @Test
    void keepsAllPromisesThoughKilledAtEveryBarrier() throws Exception {
        System.out.println("seed " + SEED);
        ChaosSettings settings = new ChaosSettings(100, Barrier.values().length, 2, SEED, Duration.ofMinutes(4));
        Verdict verdict = new ChaosRun(settings, directory, Home.find(), System.out, Clock.systemUTC()).run();
        verdict.figures().forEach((name, value) -> System.out.println(name + " " + value));
        assertThat(verdict.violations()).isEmpty();
        assertThat(barriers(verdict))
                .as("barriers at which it was killed or waited to be")
                .hasSizeGreaterThan(8);
    }

    @SuppressWarnings("unchecked")
    private static List<Barrier> barriers(Verdict verdict) {
        Map<String, Integer> deaths = (Map<String, Integer>) verdict.figures().get("deaths");
        return Arrays.stream(Barrier.values())
                .filter(barrier -> deaths.containsKey(barrier.name()))
                .toList();
    }
}
