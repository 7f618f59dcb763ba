package io.tillwatch.cli.latency;

import io.tillwatch.cli.live.Percentiles;
import java.util.List;

/**
 * What came of a load.
 *
 * @param sentPerSecond records that the broker had taken while it was measured
 * @param missed alerts that had not come when all was over
 * @param backlog records that were sent and not yet judged when it ended: rate times the median latency of the last
 *     seconds, by Little's law
 * @param fallsBehind whether alerts took longer and longer
 * @param windows the whole time, or before, during and after a batch
 * @param batchSeconds from the first record of the batch until all of it was taken; 0 without one
 */
record Measured(
        Load load,
        double sentPerSecond,
        long missed,
        long backlog,
        boolean fallsBehind,
        List<Window> windows,
        double batchSeconds) {

    Measured {
        windows = List.copyOf(windows);
    }

    /**
     * A part of the time that was measured.
     *
     * @param atOnce from the append of the record that makes it true to the readable alert
     * @param deadline from the deadline that has passed to the readable alert
     */
    record Window(String name, Percentiles atOnce, Percentiles deadline) {}

    /** Whether the generator sent what it was asked to. */
    boolean sentAsAsked() {
        return sentPerSecond >= 0.95 * load.recordsPerSecond();
    }
}
