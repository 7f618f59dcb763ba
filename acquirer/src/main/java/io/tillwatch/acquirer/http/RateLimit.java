package io.tillwatch.acquirer.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So many requests a second for each acquirer, and as many at once. Safe for use by several threads. */
public final class RateLimit {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Long> emptyUntilNanos = new HashMap<>();

    /**
     * A limit.
     *
     * @param perSecond 0 is no limit
     */
    public RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Whether one more is taken now. */
    public synchronized boolean takes(String acquirerId) {
        if (perSecond == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long each = SECOND_NANOS / perSecond;
        long next = Math.max(emptyUntilNanos.getOrDefault(acquirerId, now), now) + each;
        if (next - now > SECOND_NANOS) {
            return false;
        }
        emptyUntilNanos.put(acquirerId, next);
        return true;
    }
}
