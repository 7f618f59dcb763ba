package io.tillwatch.cli.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SizingTest {

    /** 10,000 payments/s × 3 × 10 µs = 0.3 cores used, ÷ 0.5; a day of them is 864 million, at 250 bytes. */
    @Test
    void growsInProportionToTheLoad() {
        Sizing.Need need = new Sizing(10, 250, OptionalDouble.of(50e6)).needs(1).get(1);

        assertThat(need.cores()).isEqualTo(1);
        assertThat(need.paymentsKept()).isEqualTo(864e6);
        assertThat(need.stateGigabytes()).isCloseTo(216, within(1e-9));
        assertThat(need.restoreSeconds()).hasValue(4_320);
    }

    @Test
    void leavesHalfOfEachCoreForABacklog() {
        assertThat(new Sizing(10, 250, OptionalDouble.of(50e6)).needs(1).get(2).cores())
                .isEqualTo(6);
    }

    @Test
    void showsItsArithmetic() {
        assertThat(new Sizing(10, 250, OptionalDouble.of(50e6)).table(1))
                .contains("× 3 × 10.00 µs ÷ 0.5")
                .contains("| 100,000 | 300,000 | 6 | 8,640,000,000 | 2,160.0 | 7,200 |");
    }

    @Test
    void doesNotTakeTheStartOfTheProcessForTheReadingOfState() {
        Grown small = grown(100_000, 20_000_000, 10_000);
        Grown large = grown(1_000_000, 220_000_000, 14_000);

        assertThat(Sizing.of(large, small).restoreBytesPerSecond()).hasValue(25e6);
        assertThat(Sizing.of(large, large).restoreBytesPerSecond()).isEmpty();
        assertThat(Sizing.of(large, large).table(1)).contains("restore: not to be told");
    }

    private static Grown grown(long open, long bytes, long restartMillis) {
        Duration second = Duration.ofSeconds(1);
        return new Grown(
                new Cell(Cell.Keeps.ROCKSDB, 2, open),
                open,
                second,
                second,
                300_000,
                second,
                new Grown.Checkpoints(bytes, bytes, second),
                new Grown.Checkpoints(bytes, bytes, second),
                new Grown.Restart(Duration.ofMillis(restartMillis), Duration.ofMillis(restartMillis)));
    }
}
