package io.tillwatch.cli.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What other loads would need if all grew in proportion to what was measured: arithmetic, no measurement.
 *
 * @param microsPerEvent CPU time of an event
 * @param bytesPerPayment of state
 * @param restoreBytesPerSecond that a core of the jobs brought back beyond the start of its process; empty if the sizes
 *     that were measured do not differ enough to tell
 */
record Sizing(double microsPerEvent, double bytesPerPayment, OptionalDouble restoreBytesPerSecond) {

    private static final List<Integer> PAYMENTS_PER_SECOND = List.of(1_000, 10_000, 100_000);
    private static final int EVENTS_PER_PAYMENT = 3;
    private static final int SECONDS_PER_DAY = 86_400;

    /** Of a core, so that the backlog of an hour is read in an hour while new records come. */
    private static final double USED = 0.5;

    private static final double GIGABYTE = 1e9;

    /** A restart varies by about as much from one to the next. */
    private static final double DIFFERENCE_SECONDS_MIN = 1;

    /**
     * From a measurement, and a smaller one of the same system. What a restart takes whatever the size is in both, so the
     * rate is that of the difference.
     */
    static Sizing of(Grown large, Grown small) {
        double seconds = seconds(large) - seconds(small);
        double bytes = (double) (large.later().stateBytes() - small.later().stateBytes())
                / large.cell().parallelism();
        return new Sizing(
                large.microsPerEvent(),
                large.bytesPerPayment(),
                seconds >= DIFFERENCE_SECONDS_MIN && bytes > 0
                        ? OptionalDouble.of(bytes / seconds)
                        : OptionalDouble.empty());
    }

    private static double seconds(Grown grown) {
        return grown.restart().allTasksRun().toMillis() / 1_000.0;
    }

    /**
     * What one load needs.
     *
     * @param restoreSeconds beyond the start of the process, with the state spread over all cores, each with a disk or
     *     network of its own
     */
    record Need(
            int paymentsPerSecond,
            double eventsPerSecond,
            double cores,
            double paymentsKept,
            double stateGigabytes,
            OptionalDouble restoreSeconds) {}

    List<Need> needs(double daysKept) {
        List<Need> needs = new ArrayList<>();
        for (int payments : PAYMENTS_PER_SECOND) {
            double events = (double) payments * EVENTS_PER_PAYMENT;
            double cores = Math.max(1, Math.ceil(events * microsPerEvent / 1e6 / USED));
            double kept = payments * daysKept * SECONDS_PER_DAY;
            double bytes = kept * bytesPerPayment;
            OptionalDouble restore = restoreBytesPerSecond.isPresent()
                    ? OptionalDouble.of(bytes / cores / restoreBytesPerSecond.getAsDouble())
                    : OptionalDouble.empty();
            needs.add(new Need(payments, events, cores, kept, bytes / GIGABYTE, restore));
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
        if (restoreBytesPerSecond.isPresent()) {
            line(text, "restore = state ÷ cores ÷ %.1f MB/s", restoreBytesPerSecond.getAsDouble() / 1e6);
        } else {
            line(text, "restore: not to be told, the sizes measured come back in about the same time");
        }
        line(text, "");
        line(text, "| payments/s | events/s | cores | payments kept | state GB | restore s |");
        line(text, "| --- | --- | --- | --- | --- | --- |");
        for (Need need : needs(daysKept)) {
            line(
                    text,
                    "| %,d | %,.0f | %,.0f | %,.0f | %,.1f | %s |",
                    need.paymentsPerSecond(),
                    need.eventsPerSecond(),
                    need.cores(),
                    need.paymentsKept(),
                    need.stateGigabytes(),
                    need.restoreSeconds().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,.0f", need.restoreSeconds().getAsDouble())
                            : "–");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
