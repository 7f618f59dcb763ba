package io.tillwatch.responder.engine;

import io.tillwatch.responder.journal.End;
import io.tillwatch.schemas.record.Command;
import java.time.Duration;

/** What a worker tells of its work, for metrics. Called by many threads. */
public interface WorkerEvents {

    /** A command ended. */
    void ended(Command command, End end);

    /** A turn ended in UNKNOWN. */
    void unknown(Command command);

    /** A write came too late: somebody else holds the command. */
    void lost(String commandId);

    /** The acquirer's gate let nobody in. */
    void sentAway(String acquirerId);

    /** What was said to an acquirer. */
    enum Exchange {
        INQUIRY,
        INSTRUCTION
    }

    /**
     * An exchange with an acquirer is over.
     *
     * @param answer its kind, one of few: KNOWN, NOT_FOUND, UNSUPPORTED, DONE, DECLINED, UNKNOWN
     * @param after from asking to the answer, or to giving up
     */
    void answered(String acquirerId, Exchange exchange, String answer, Duration after);

    /** Nobody listens. */
    static WorkerEvents none() {
        return new WorkerEvents() {
            @Override
            public void ended(Command command, End end) {}

            @Override
            public void unknown(Command command) {}

            @Override
            public void lost(String commandId) {}

            @Override
            public void sentAway(String acquirerId) {}

            @Override
            public void answered(String acquirerId, Exchange exchange, String answer, Duration after) {}
        };
    }
}
