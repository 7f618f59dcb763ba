package io.tillwatch.responder.engine;

import io.tillwatch.responder.journal.Housekeeping;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance does beside its turns: says that it runs, takes its share of each acquirer's rate, keeps the scheduler's
 * clock right, and clears away what is over.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** An instance that was not heard of for so long is gone. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(20);

    private final Jdbi jdbi;
    private final String instance;
    private final Acquirers acquirers;
    private final DatabaseClock clock;
    private int instances;

    Upkeep(Jdbi jdbi, String instance, Acquirers acquirers, DatabaseClock clock) {
        this.jdbi = jdbi;
        this.instance = instance;
        this.acquirers = acquirers;
        this.clock = clock;
    }

    /** Each instance does this for itself. */
    synchronized void present() {
        clock.refresh();
        int now = jdbi.inTransaction(handle -> Housekeeping.present(handle, instance, GONE_AFTER));
        if (now != instances) {
            LOG.info("{} responders run: each takes its share of each acquirer's rate", now);
            instances = now;
            acquirers.shareWith(now);
        }
    }

    void leave() {
        jdbi.useTransaction(handle -> Housekeeping.leave(handle, instance));
    }
}
