package io.tillwatch.responder.engine;

import java.time.Duration;

/**
 * How the engine works.
 *
 * @param threads turns under way at once, over all acquirers; each wants a connection of the database
 * @param pollEvery how often it looks for what is due
 * @param heartbeatEvery how often an instance says that its turns are alive; after four missed ones they are taken over
 * @param stopWithin how long turns under way may take when it is told to stop
 * @param toldKeptFor how long what was told stays in the outbox
 */
public record EngineSettings(
        int threads, Duration pollEvery, Duration heartbeatEvery, Duration stopWithin, Duration toldKeptFor) {

    public static final int THREADS_DEFAULT = 32;
    public static final Duration POLL_EVERY_DEFAULT = Duration.ofMillis(200);
    public static final Duration HEARTBEAT_EVERY_DEFAULT = Duration.ofSeconds(5);
    public static final Duration STOP_WITHIN_DEFAULT = Duration.ofSeconds(30);
    public static final Duration TOLD_KEPT_FOR_DEFAULT = Duration.ofDays(7);

    /** The defaults. */
    public static EngineSettings defaults() {
        return new EngineSettings(
                THREADS_DEFAULT,
                POLL_EVERY_DEFAULT,
                HEARTBEAT_EVERY_DEFAULT,
                STOP_WITHIN_DEFAULT,
                TOLD_KEPT_FOR_DEFAULT);
    }
}
