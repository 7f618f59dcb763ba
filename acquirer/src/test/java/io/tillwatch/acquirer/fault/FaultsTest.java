package io.tillwatch.acquirer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final int REQUESTS = 100_000;
    private static final FaultRates SOME =
            new FaultRates(0.01, 0.02, 0.03, 3_000, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, null, 0.1, 0.11);

    private static FaultSettings settings(long seed, FaultRates rates) {
        return new FaultSettings(seed, Map.of("*", rates));
    }

    private static List<Fault> strikes(Faults faults) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> faults.instruction("acq-1", "k-" + i, 1).fault())
                .toList();
    }

    @Test
    void strikesTheSameRequestsInEachRunOfASeed() {
        List<Fault> once = strikes(new Faults(settings(7, SOME), 1));

        assertThat(strikes(new Faults(settings(7, SOME), 1))).isEqualTo(once);
        assertThat(strikes(new Faults(settings(8, SOME), 1))).isNotEqualTo(once);
    }

    @Test
    void strikesAnotherAttemptAnew() {
        Faults faults = new Faults(settings(7, new FaultRates(0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0)), 1);

        assertThat(IntStream.rangeClosed(1, 64)
                        .mapToObj(attempt ->
                                faults.instruction("acq-1", "k", attempt).fault()))
                .contains(Fault.NONE, Fault.DROP_REQUEST);
    }

    @Test
    void countsArrivalsWhereTheClientDoesNot() {
        FaultSettings half = settings(7, new FaultRates(0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0));
        Faults counted = new Faults(half, 1);
        Faults told = new Faults(half, 1);

        for (int attempt = 1; attempt <= 20; attempt++) {
            assertThat(counted.instruction("acq-1", "k", 0)).isEqualTo(told.instruction("acq-1", "k", attempt));
        }
    }

    @Test
    void strikesAsOftenAsItIsTold() {
        Faults faults = new Faults(settings(7, SOME), 1);
        Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
        for (int i = 0; i < REQUESTS; i++) {
            struck.merge(faults.instruction("acq-1", "k-" + i, 1).fault(), 1, Integer::sum);
        }

        for (Fault fault : Fault.values()) {
            double expected = fault == Fault.NONE ? 0.34 : SOME.rate(fault);
            assertThat(struck.get(fault) / (double) REQUESTS)
                    .as(fault.name())
                    .isBetween(expected * 0.9 - 0.001, expected * 1.1 + 0.001);
        }
    }

    @Test
    void sparesInquiriesWhatOnlyAnInstructionCanSuffer() {
        Faults faults = new Faults(settings(7, new FaultRates(0, 0, 0, 0, 0.4, 0, 0, 0, 0, 0.3, null, 0.3, 0)), 1);

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> faults.inquiry("acq-1", "p-" + i).fault()))
                .containsOnly(Fault.NONE);
    }

    @Test
    void letsWhatKilledTheProcessThroughInALaterLife() {
        FaultSettings always = settings(7, new FaultRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 1));

        assertThat(IntStream.rangeClosed(1, 20)
                        .mapToObj(starts -> new Faults(always, starts)
                                .instruction("acq-1", "k", 1)
                                .fault()))
                .startsWith(Fault.KILL)
                .contains(Fault.NONE);
    }

    @Test
    void saysAllThatIsWrongWithRates() {
        FaultSettings wrong = new FaultSettings(
                1,
                Map.of(
                        "acq-1", new FaultRates(-0.1, 2, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0),
                        "acq-2", new FaultRates(0, 0, 0, -1, 0, 0, 0, Double.NaN, 0, 0, null, 0, 0)));

        assertThat(wrong.problems())
                .hasSize(5)
                .anyMatch(p -> p.startsWith("acq-1: DROP_REQUEST is -0.1"))
                .anyMatch(p -> p.startsWith("acq-1: DROP_ANSWER is 2.0"))
                .anyMatch(p -> p.startsWith("acq-1: the shares add up to 1.9"))
                .anyMatch(p -> p.startsWith("acq-2: SERVER_ERROR is NaN"))
                .anyMatch(p -> p.startsWith("acq-2: delayMillis is -1"));
    }
}
