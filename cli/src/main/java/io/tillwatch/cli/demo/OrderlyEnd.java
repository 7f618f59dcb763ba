package io.tillwatch.cli.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end something in order: this JVM goes when that is done, or when it takes too long. */
final class OrderlyEnd implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 45;

    private final CountDownLatch done = new CountDownLatch(1);

    private OrderlyEnd() {}

    /** @param end asks for the end; it may come from another thread at any time */
    static OrderlyEnd of(Runnable end) {
        OrderlyEnd orderly = new OrderlyEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> orderly.end(end), "orderly-end"));
        return orderly;
    }

    private void end(Runnable end) {
        if (done.getCount() == 0) {
            return;
        }
        end.run();
        try {
            boolean unused = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It is done. */
    @Override
    public void close() {
        done.countDown();
    }
}
