package io.tillwatch.cli.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What other loads would need if all grew in proportion to what was measured: arithmetic, no measurement.
 *
 * @param microsPerEvent CPU time of an event
 * @param bytesPerPayment of state
 * @param restoreBytesPerSecond that a core of the jobs brought back, from the start of its process
 */
record Sizing(double microsPerEvent, double bytesPerPayment, double restoreBytesPerSecond) {

    private static final List<Integer> PAYMENTS_PER_SECOND = List.of(1_000, 10_000, 100_000);
    private static final int EVENTS_PER_PAYMENT = 3;
    private static final int SECONDS_PER_DAY = 86_400;

    /** Of a core, so that the backlog of an hour is read in an hour while new records come. */
    private static final double USED = 0.5;

    private static final double GIGABYTE = 1e9;

    /** From a measurement; the larger it was, the better. */
    static Sizing of(Grown grown) {
        double seconds = grown.restart().allTasksRun().toMillis() / 1_000.0;
        double stateOfATask = (double) grown.later().stateBytes() / grown.cell().parallelism();
        return new Sizing(grown.microsPerEvent(), grown.bytesPerPayment(), stateOfATask / seconds);
    }

    /**
     * What one load needs.
     *
     * @param restoreSeconds with the state spread over all cores, each with a disk or network of its own
     */
    record Need(
            int paymentsPerSecond,
            double eventsPerSecond,
            double cores,
            double paymentsKept,
            double stateGigabytes,
            double restoreSeconds) {}

    List<Need> needs(double daysKept) {
        List<Need> needs = new ArrayList<>();
        for (int payments : PAYMENTS_PER_SECOND) {
            double events = (double) payments * EVENTS_PER_PAYMENT;
            double cores = Math.max(1, Math.ceil(events * microsPerEvent / 1e6 / USED));
            double kept = payments * daysKept * SECONDS_PER_DAY;
            double bytes = kept * bytesPerPayment;
            needs.add(new Need(payments, events, cores, kept, bytes / GIGABYTE, bytes / cores / restoreBytesPerSecond));
        }
        return needs;
    }

    /** The arithmetic, then its results. */
    String table(double daysKept) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "cores = payments/s × %d × %.2f µs ÷ %.1f; kept = payments/s × %,d × %.1f days; state = kept × %.0f bytes;",
                EVENTS_PER_PAYMENT,
                microsPerEvent,
                USED,
                SECONDS_PER_DAY,
                daysKept,
                bytesPerPayment);
        line(text, "restore = state ÷ cores ÷ %.1f MB/s", restoreBytesPerSecond / 1e6);
        line(text, "");
        line(text, "| payments/s | events/s | cores | payments kept | state GB | restore s |");
        line(text, "| --- | --- | --- | --- | --- | --- |");
        for (Need need : needs(daysKept)) {
            line(
                    text,
                    "| %,d | %,.0f | %,.0f | %,.0f | %,.1f | %,.0f |",
                    need.paymentsPerSecond(),
                    need.eventsPerSecond(),
                    need.cores(),
                    need.paymentsKept(),
                    need.stateGigabytes(),
                    need.restoreSeconds());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
