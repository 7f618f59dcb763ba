package io.tillwatch.jobs.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.jobs.wake.WakeUps.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private static final long T0 = 1_800_000_000_000L;
    private static final long WEEK = Duration.ofDays(7).toMillis();

    private final WakeUps wakeUps = new WakeUps();

    @Test
    void comeInTheOrderOfTimeAndThenOfKeys() {
        wakeUps.add(T0 + 5, "b");
        wakeUps.add(T0 + WEEK, "a");
        wakeUps.add(T0 + 5, "a");
        wakeUps.add(T0, "c");

        assertThat(upTo(T0 - 1)).isEmpty();
        assertThat(upTo(T0 + WEEK))
                .containsExactly(
                        new WakeUp(T0, "c"),
                        new WakeUp(T0 + 5, "a"),
                        new WakeUp(T0 + 5, "b"),
                        new WakeUp(T0 + WEEK, "a"));
        assertThat(wakeUps.count()).isZero();
    }

    @Test
    void comeToTheMillisecond() {
        wakeUps.add(T0 + 1, "a");
        wakeUps.add(T0 + 2, "b");

        assertThat(upTo(T0)).isEmpty();
        assertThat(upTo(T0 + 1)).containsExactly(new WakeUp(T0 + 1, "a"));
        assertThat(upTo(T0 + 2)).containsExactly(new WakeUp(T0 + 2, "b"));
    }

    @Test
    void doNotComeWhenTakenBack() {
        wakeUps.add(T0 + 1, "a");
        wakeUps.add(T0 + WEEK, "a");
        wakeUps.remove(T0 + 1, "a");
        wakeUps.add(T0 + 1, "b");
        assertThat(upTo(T0)).isEmpty();
        wakeUps.remove(T0 + 1, "b");
        wakeUps.add(T0 + 2, "c");
        wakeUps.remove(T0 + 2, "c");
        assertThat(wakeUps.count()).isOne();

        assertThat(upTo(T0 + WEEK)).containsExactly(new WakeUp(T0 + WEEK, "a"));
        assertThat(wakeUps.count()).isZero();
    }

    @Test
    void comeAtOnceWhenTheirTimeIsOver() {
        assertThat(upTo(T0)).isEmpty();
        wakeUps.add(T0 - WEEK, "a");
        wakeUps.add(Long.MIN_VALUE, "long ago");

        assertThat(upTo(T0)).containsExactly(new WakeUp(Long.MIN_VALUE, "long ago"), new WakeUp(T0 - WEEK, "a"));
    }

    @Test
    void holdKeysOfAnyLetters() {
        String key = "東京-\uD83D\uDE00-" + "x".repeat(70_000);
        wakeUps.add(T0 + WEEK, key);

        assertThat(upTo(T0 + WEEK)).containsExactly(new WakeUp(T0 + WEEK, key));
    }

    @Test
    void areThoseOfAnOrderedSetWhateverIsAddedMeanwhile() {
        Random random = new Random(Seeds.of("wake-ups"));
        TreeSet<WakeUp> expected = new TreeSet<>();
        long clock = T0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                long ahead = (long) (random.nextDouble() * (random.nextBoolean() ? 10_000 : WEEK)) - 1_000;
                WakeUp some = new WakeUp(clock + ahead, "p" + random.nextInt(50));
                if (expected.add(some)) {
                    wakeUps.add(some.atMillis(), some.key());
                }
            }
            for (int i = random.nextInt(5); i > 0 && !expected.isEmpty(); i--) {
                WakeUp some = expected.ceiling(new WakeUp(clock + random.nextInt(20_000), ""));
                if (some != null) {
                    wakeUps.remove(some.atMillis(), some.key());
                    expected.remove(some);
                }
            }
            assertThat(wakeUps.count()).isEqualTo(expected.size());
            clock += (long) (random.nextDouble() * (random.nextInt(10) == 0 ? WEEK / 10 : 3_000));
            List<WakeUp> due = new ArrayList<>(expected.headSet(new WakeUp(clock + 1, ""), false));
            expected.removeAll(due);
            assertThat(upTo(clock)).as("round %d", round).isEqualTo(due);
        }
        assertThat(upTo(Long.MAX_VALUE - 1)).isEqualTo(List.copyOf(expected));
    }

    private List<WakeUp> upTo(long clockMillis) {
        List<WakeUp> due = new ArrayList<>();
        for (WakeUp next = wakeUps.next(clockMillis); next != null; next = wakeUps.next(clockMillis)) {
            due.add(next);
        }
        return due;
    }
}
