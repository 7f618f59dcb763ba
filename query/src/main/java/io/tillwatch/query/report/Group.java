package io.tillwatch.query.report;

import java.util.List;

/**
 * Alerts that have something in common.
 *
 * @param acquirer whose name it is, where acquirers give them; null where nobody said, or it does not matter
 * @param name what they have in common, or null where nobody said
 * @param resolved how many of them were cleared, or have a command that was done or not needed
 * @param medianMillis until they were resolved, or null when none was
 * @param ninetiethMillis nine of ten were resolved sooner
 * @param money by currency
 */
public record Group(
        String acquirer,
        String name,
        long alerts,
        long resolved,
        Long medianMillis,
        Long ninetiethMillis,
        Long longestMillis,
        List<Money> money) {

    private static final long PERCENT = 100;

    /** How many in a hundred were resolved. */
    public long resolvedPercent() {
        return alerts == 0 ? 0 : resolved * PERCENT / alerts;
    }

    /** How wide its bar is, of a hundred, beside the widest. */
    long widthOf(long most) {
        return most == 0 ? 0 : Math.max(1, alerts * PERCENT / most);
    }
}
