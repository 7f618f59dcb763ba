package io.tillwatch.responder.iso8583;

import java.util.concurrent.atomic.LongAdder;

/** What an adapter has met since it was made. Safe for use by several threads. */
public final class Iso8583Counts {

    private final LongAdder connections = new LongAdder();
    private final LongAdder unmatched = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    void connected() {
        connections.increment();
    }

    void unmatched() {
        unmatched.increment();
    }

    void unreadable() {
        unreadable.increment();
    }

    /** Connections that were made and signed on. */
    public long connectionsMade() {
        return connections.sum();
    }

    /** Answers that nobody waited for: late, told twice, or about something else. */
    public long unmatchedAnswers() {
        return unmatched.sum();
    }

    /** Frames that are no message. */
    public long unreadableFrames() {
        return unreadable.sum();
    }
}
