package io.tillwatch.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.bench.contender.ContenderName;
import io.tillwatch.bench.contender.Measured;
import io.tillwatch.bench.contender.Pass;
import io.tillwatch.bench.contender.Tally;
import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Tally NONE = new Tally(Map.of());

    private final Report report = report(
            new Measured(ContenderName.FLOOR, List.of(pass(1, 9_000, NONE), pass(2, 3_000, NONE)), Optional.empty()),
            new Measured(
                    ContenderName.FLOOR_STATE_ROCKSDB,
                    List.of(pass(1, 20_000, NONE), pass(2, 6_000, NONE)),
                    Optional.empty()),
            new Measured(
                    ContenderName.TILLWATCH_ROCKSDB,
                    List.of(pass(1, 40_000, NONE), pass(2, 9_000, NONE)),
                    Optional.empty()),
            new Measured(
                    ContenderName.STREAMS,
                    List.of(pass(1, 90_000, new Tally(Map.of(Detection.DUPLICATE_AUTHORIZATION, 2)))),
                    Optional.of("exit code 3")));

    @Test
    void comparesTheLastPassWithTheFloorsLastPass() {
        assertThat(Table.of(report))
                .contains("| floor | 1.00 | 3.00 | 1.00 | – |")
                .contains("| tillwatch-rocksdb | 3.00 | 13.33 | 3.00 | 1.50 |")
                .contains("4 cores");
    }

    @Test
    void saysWhatFailedAndWhatWasMissed() throws IOException {
        assertThat(Table.of(report))
                .contains("kafka-streams failed: exit code 3")
                .contains("| 2 | 0 | 7 |");
        assertThat(JsonReport.of(report))
                .contains("\"missed\":{\"DUPLICATE_AUTHORIZATION\":2}")
                .contains("\"failure\":\"exit code 3\"")
                .contains("\"timesFloorWithState\":1.5");
    }

    @Test
    void doesWithoutAFloorThatWasNotMeasured() {
        Report alone = report(
                new Measured(ContenderName.TILLWATCH, List.of(pass(1, 3_000, NONE)), Optional.empty()),
                new Measured(ContenderName.SQL, List.of(), Optional.of("exit code 1")));

        assertThat(Table.of(alone))
                .contains("| tillwatch | – | 1.00 | – | – |")
                .contains("| flink-sql | – | – | – | – |");
    }

    private static Report report(Measured... results) {
        return new Report(
                new Machine(4, 8_000, "Linux", "JDK"),
                new Plan(1, 1_000_000, 7),
                3_000_000,
                27_000,
                4096,
                2,
                2,
                List.of(results));
    }

    private static Pass pass(int number, long cpuMillis, Tally missed) {
        return new Pass(number, 2_000, cpuMillis, 100, 200, missed, NONE, 7);
    }
}
