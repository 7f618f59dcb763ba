package io.tillwatch.bench.report;

import io.tillwatch.bench.contender.ContenderName;
import io.tillwatch.bench.contender.Measured;
import io.tillwatch.bench.contender.Pass;
import io.tillwatch.bench.workload.Plan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that one run has measured.
 *
 * @param records of the workload, pulses aside: what is called an event
 * @param truths how many things are wrong in it
 * @param heapMegabytes and parallelism are the same for each contender
 */
public record Report(
        Machine machine,
        Plan plan,
        long records,
        int truths,
        int heapMegabytes,
        int parallelism,
        int passes,
        List<Measured> results) {

    public Report {
        results = List.copyOf(results);
    }

    /** CPU time of an event in microseconds, which is the same as seconds for a million of them. */
    double microsPerEvent(Pass pass) {
        return 1_000.0 * pass.cpuMillis() / records;
    }

    double eventsPerSecond(Pass pass) {
        return 1_000.0 * records / Math.max(1, pass.wallMillis());
    }

    /** How many times the CPU of the floor of this name it takes, each by its last pass; empty if that was not measured. */
    OptionalDouble timesOf(ContenderName floor, Pass pass) {
        Optional<Pass> measured = results.stream()
                .filter(result -> result.name() == floor)
                .flatMap(result -> result.last().stream())
                .findFirst();
        return measured.isPresent()
                ? OptionalDouble.of(microsPerEvent(pass) / microsPerEvent(measured.get()))
                : OptionalDouble.empty();
    }

    /** The floor with state that is kept in the same place. */
    static ContenderName floorWithState(ContenderName name) {
        return switch (name.keeps()) {
            case HEAP -> ContenderName.FLOOR_STATE;
            case ROCKSDB -> ContenderName.FLOOR_STATE_ROCKSDB;
        };
    }
}
