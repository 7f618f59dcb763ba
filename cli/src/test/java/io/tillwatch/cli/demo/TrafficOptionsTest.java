package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.traffic.life.Episode;
import io.tillwatch.traffic.life.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrafficOptionsTest {

    @Test
    void withoutFaultsEveryFaultOccurs() {
        TrafficOptions options = options();
        assertThat(options.problems()).isEmpty();
        assertThat(options.mix().shares()).containsOnlyKeys(Fault.values());
        assertThat(options.mix().episodes()).containsExactlyInAnyOrder(Episode.values());
    }

    @Test
    void namedFaultsAreTheOnlyOnes() {
        TrafficOptions options = options("--faults", "ANSWER_LOST=0.2,never-settled=0.1,BUDGET_SPENT=1");
        assertThat(options.problems()).isEmpty();
        assertThat(options.mix().shares()).containsOnlyKeys(Fault.ANSWER_LOST, Fault.NEVER_SETTLED);
        assertThat(options.mix().episodes()).containsExactly(Episode.BUDGET_SPENT);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        TrafficOptions options =
                options("--rate", "0", "--seconds", "0", "--faults", "NO_SUCH=0.1,ANSWER_LOST=0.7,NEVER_SETTLED=0.7");
        assertThat(options.problems())
                .anySatisfy(p -> assertThat(p).startsWith("--rate is 0.0 payments/s"))
                .anySatisfy(p -> assertThat(p).startsWith("--seconds is 0"))
                .anySatisfy(p -> assertThat(p).startsWith("--faults: NO_SUCH is none; there are "))
                .anySatisfy(p -> assertThat(p).startsWith("--faults: the shares add up to 1.4"));
    }

    private static TrafficOptions options(String... args) {
        TrafficOptions options = new TrafficOptions();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
        line.addMixin("traffic", options);
        CommandLine.ParseResult parsed = line.parseArgs(args);
        assertThat(parsed.unmatched()).isEqualTo(List.of());
        return options;
    }
}
