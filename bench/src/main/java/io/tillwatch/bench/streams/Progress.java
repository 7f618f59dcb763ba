package io.tillwatch.bench.streams;

import java.util.concurrent.atomic.AtomicLong;

/** How far the threads have come. */
final class Progress {

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong purchasesSent = new AtomicLong();
    private final AtomicLong purchasesTaken = new AtomicLong();

    /** A record of a feed, or a pulse, was taken. */
    void taken() {
        taken.incrementAndGet();
    }

    /** An approval was sent on to be compared with others. */
    void purchaseSent() {
        purchasesSent.incrementAndGet();
    }

    /** And it has arrived. */
    void purchaseTaken() {
        purchasesTaken.incrementAndGet();
    }

    /** Whether so many records were taken, and all that came of them. */
    boolean done(long records) {
        return taken.get() >= records && purchasesTaken.get() >= purchasesSent.get();
    }
}
