package io.tillwatch.serving.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Does the same work over and over in a thread of its own until it is closed. Work that fails is tried again, ever more slowly:
 * what it needs, a broker or a database, may be away for hours and comes back by itself.
 */
public final class SteadyThread implements AutoCloseable {

    /** One round of the work. */
    public interface Work {
        /**
         * Returns when it is to be done again, soon after {@link SteadyThread#isClosing()} at the latest.
         *
         * @throws RuntimeException if something that it needs is away
         */
        void round();
    }

    private final Duration waitMin;
    private final Duration waitMax;
    private final Duration endWithin;
    private final Work work;
    private final BiConsumer<RuntimeException, Duration> failed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Duration wait;

    /**
     * Nothing is done before {@link #start}.
     *
     * @param waitMin after the first failure; each further one doubles it
     * @param waitMax what it never exceeds
     * @param endWithin how long closing waits for the round under way
     * @param failed is told each failure and the pause that follows, by this thread
     */
    public SteadyThread(
            String name,
            Duration waitMin,
            Duration waitMax,
            Duration endWithin,
            Work work,
            BiConsumer<RuntimeException, Duration> failed) {
        this.waitMin = waitMin;
        this.waitMax = waitMax;
        this.endWithin = endWithin;
        this.work = work;
        this.failed = failed;
        this.wait = waitMin;
        this.thread = new Thread(this::run, name);
    }

    public void start() {
        thread.start();
    }

    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** To be said by the work, in its own thread, where a round is long: the next failure is a first one again. */
    public void wentWell() {
        wait = waitMin;
    }

    /** Tells the work to end, without waiting for it. */
    public void stop() {
        closing.countDown();
    }

    /** Waits at most {@code endWithin} for the round under way. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(endWithin.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosing()) {
            try {
                work.round();
                wentWell();
            } catch (RuntimeException e) {
                failed.accept(e, wait);
                rest(wait);
                Duration next = wait.multipliedBy(2);
                wait = next.compareTo(waitMax) > 0 ? waitMax : next;
            }
        }
    }

    /** Pauses, in the thread of the work; ends at once when it is closed. */
    public void rest(Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
