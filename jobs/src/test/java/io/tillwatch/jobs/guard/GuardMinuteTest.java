package io.tillwatch.jobs.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.given.Seeds;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GuardMinuteTest {

    private static final int MINUTE = 60_000;

    @Test
    void takesOutWhatWasAddedInTheOrderOfTimeWhateverTheOrderInWhichItCame() {
        Random random = new Random(Seeds.of("minutes"));
        for (int round = 0; round < 200; round++) {
            long number = random.nextInt(1000) - 500L;
            Map<Long, Integer> expected = new TreeMap<>();
            byte[] state = null;
            int things = 1 + random.nextInt(50);
            for (int i = 0; i < things; i++) {
                long at = number * MINUTE + (random.nextBoolean() ? random.nextInt(5) : random.nextInt(MINUTE));
                int bits = random.nextInt(2 * GuardMinute.MORE);
                state = GuardMinute.with(state, at, bits);
                expected.merge(at, bits, (a, b) -> a | b);
            }
            GuardMinute minute = new GuardMinute(number, new GuardMinute(number, state).state());

            assertThat(GuardMinute.firstMillis(number, state)).isEqualTo(minute.firstMillis());
            Map<Long, Integer> taken = new TreeMap<>();
            for (long at = minute.firstMillis(); at != Long.MAX_VALUE; at = minute.firstMillis()) {
                assertThat(taken.put(at, minute.takeFirst())).isNull();
            }
            assertThat(taken).isEqualTo(expected);
            assertThat(minute.state()).isNull();
        }
    }

    @Test
    void doesNotGrowByWhatItHolds() {
        byte[] state = GuardMinute.with(GuardMinute.with(null, 59_999, 0b1010), 0, GuardMinute.MORE);

        assertThat(GuardMinute.with(state, 59_999, 0b1000)).isSameAs(state);
        assertThat(GuardMinute.with(state, 59_999, 0)).isSameAs(state);
        assertThat(GuardMinute.with(state, 0, GuardMinute.MORE)).isSameAs(state);
        assertThat(GuardMinute.with(state, 59_999, 0b0001)).hasSize(state.length + 3);
        assertThat(GuardMinute.with(state, 1, 0)).hasSize(state.length + 3);
    }
}
