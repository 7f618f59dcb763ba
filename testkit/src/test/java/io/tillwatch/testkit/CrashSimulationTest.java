package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Many seeds of {@link CrashSimulation}: {@code -Dtillwatch.seeds=N} for more, {@code -Dtillwatch.seed=N} to begin there. */
class CrashSimulationTest {

    private static final int SEEDS = Integer.getInteger("tillwatch.seeds", 10_000);

    @Test
    void whateverCrashesAndComesAgainTheSameIsToldInTheEnd() {
        for (long seed = Seed.VALUE; seed < Seed.VALUE + SEEDS; seed++) {
            assertThat(CrashSimulation.failure(seed)).isEmpty();
        }
    }

    @Test
    void detectorsDoCrash() {
        int crashes = 0;
        for (long seed = Seed.VALUE; seed < Seed.VALUE + 100; seed++) {
            crashes += CrashSimulation.crashes(seed);
        }
        assertThat(crashes).as(Seed.of("crashes in 100 seeds")).isGreaterThan(100);
    }
}
