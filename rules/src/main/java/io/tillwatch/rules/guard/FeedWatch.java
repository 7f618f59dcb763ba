package io.tillwatch.rules.guard;

/**
 * How long one feed of an acquirer has been awaited.
 *
 * <p>A feed is silent when what comes before it has gone on for longer than its time without one record of it. "Gone on"
 * takes more than two records with a gap between: two lost answers in a quiet night are two lost answers, not a silent
 * feed. So it takes {@value #HEARD_MIN} moments of the feed before, since the last record of this one.
 *
 * @param awaitedSinceMillis the first moment of the feed before since this one was last heard, or {@link #NEVER}
 * @param awaitedUntilMillis the last such moment
 * @param moments how many such moments, no more than are needed
 * @param silent whether the feed counts as silent
 * @param revision of its alert, 0 before the first
 */
public record FeedWatch(long awaitedSinceMillis, long awaitedUntilMillis, int moments, boolean silent, int revision) {

    /** How many moments of the feed before make a silence. */
    static final int HEARD_MIN = 10;

    static final long NEVER = Long.MIN_VALUE;

    /** Nothing was heard or awaited yet. */
    public static final FeedWatch NEW = new FeedWatch(NEVER, NEVER, 0, false, 0);

    /** A record of the feed before arrived. */
    FeedWatch awaited(long atMillis, long silentForMillis) {
        if (atMillis == awaitedUntilMillis) {
            return this;
        }
        long since = awaitedSinceMillis == NEVER ? atMillis : awaitedSinceMillis;
        int count = Math.min(HEARD_MIN, moments + 1);
        boolean nowSilent = silent || count >= HEARD_MIN && atMillis - since > silentForMillis;
        return new FeedWatch(since, atMillis, count, nowSilent, nowSilent == silent ? revision : revision + 1);
    }

    /** A record of the feed arrived. */
    FeedWatch heard() {
        return new FeedWatch(NEVER, NEVER, 0, false, silent ? revision + 1 : revision);
    }
}
