package io.tillwatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeathTest {

    private static final long LEASE_MILLIS = 5_000;

    @Test
    void plansEveryBarrierInAShortRun() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(barriers(Death.plan(Barrier.values().length, seed, LEASE_MILLIS)))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(Barrier.values());
        }
    }

    @Test
    void plansEachBarrierAfterEachOtherInALongRun() {
        for (long seed = 0; seed < 50; seed++) {
            List<Barrier> barriers = barriers(Death.plan(200, seed, LEASE_MILLIS));
            Set<List<Barrier>> pairs = new HashSet<>();
            for (int i = 1; i < barriers.size(); i++) {
                pairs.add(List.of(barriers.get(i - 1), barriers.get(i)));
            }
            assertThat(pairs).as("seed %d", seed).hasSize(Barrier.values().length * Barrier.values().length);
        }
    }

    @Test
    void sleepsLongerThanALease() {
        assertThat(Death.plan(200, 7, LEASE_MILLIS))
                .filteredOn(Death.Sleep.class::isInstance)
                .isNotEmpty()
                .allMatch(death -> ((Death.Sleep) death).forMillis() > LEASE_MILLIS);
    }

    private static List<Barrier> barriers(Iterable<Death> plan) {
        List<Barrier> barriers = new ArrayList<>();
        for (Death death : plan) {
            if (death instanceof Death.At at) {
                barriers.add(at.barrier());
            }
        }
        return barriers;
    }
}
