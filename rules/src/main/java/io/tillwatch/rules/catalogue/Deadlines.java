package io.tillwatch.rules.catalogue;

/**
 * The clock of one assessment. It keeps the earliest deadline that was asked for and not reached, which is when the
 * payment must be assessed again if nothing arrives.
 */
final class Deadlines {

    /** No deadline at all. */
    static final long NONE = Long.MAX_VALUE;

    private final long clockMillis;
    private long next = NONE;

    Deadlines(long clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Whether the clock has reached {@code from + windowMillis}. */
    boolean after(long fromMillis, long windowMillis) {
        return reached(saturatedSum(fromMillis, windowMillis));
    }

    /** Whether the clock has reached a time. */
    boolean reached(long deadlineMillis) {
        if (deadlineMillis <= clockMillis) {
            return true;
        }
        next = Math.min(next, deadlineMillis);
        return false;
    }

    /** The earliest deadline not reached, or {@link #NONE}. */
    long next() {
        return next;
    }

    /** The sum, or the far end of time where there is none: facts may be strange, rules are total. */
    static long saturatedSum(long millis, long more) {
        long sum = millis + more;
        return ((millis ^ sum) & (more ^ sum)) < 0 ? (more < 0 ? Long.MIN_VALUE : NONE) : sum;
    }
}
