package io.tillwatch.notifier.given;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, and says what did not come about. */
public final class Await {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 30;

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("within " + LONG.toSeconds() + " s not: " + what);
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + what, e);
        } catch (Exception e) {
            throw new AssertionError(what + " cannot be asked", e);
        }
    }
}
