package io.tillwatch.cli.growth;

import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Tells when the jobs have taken all that was written. A canary's alert is one of a deadline: a task raises it when every
 * partition has been read past it, and has then taken all that it was sent before. There are so many that every task has
 * one.
 */
public final class Canaries {

    private static final int COUNT = 24;
    private static final long PAUSE_NANOS = 2_000_000;

    private final FeedProducer producer;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Writes with a producer that no other thread uses meanwhile. */
    public Canaries(FeedProducer producer) {
        this.producer = producer;
    }

    /** To be told each alert that can be read. */
    public void note(Alert alert) {
        if (alert.getType() == AlertType.AUTHORIZATION_UNANSWERED) {
            told.add(alert.getPaymentId());
        }
    }

    /** Writes the canaries of a phase; its name must be used once. */
    public void write(String phase) {
        for (int i = 0; i < COUNT; i++) {
            producer.write(OpenPayments.canary(name(phase, i), i, Instant.now()), Writing.UNCHECKED);
        }
        producer.flush();
    }

    /** Waits for any alert of a phase, which every task has to run for. */
    void awaitFirst(String phase, Duration within, BooleanSupplier alive) {
        await(phase, within, alive, () -> firstOf(phase));
    }

    /** Waits until all that was written before the canaries of a phase has been taken. */
    public void awaitAll(String phase, Duration within, BooleanSupplier alive) {
        await(phase, within, alive, () -> allOf(phase));
    }

    private static void await(String phase, Duration within, BooleanSupplier alive, BooleanSupplier done) {
        long end = System.nanoTime() + within.toNanos();
        while (!done.getAsBoolean()) {
            if (!alive.getAsBoolean()) {
                throw new GrowthFailedException(phase + ": the jobs ended by themselves");
            }
            if (System.nanoTime() > end) {
                throw new GrowthFailedException(phase + ": not done after " + within.toSeconds()
                        + " s: measure fewer payments, or give more time with --within");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean firstOf(String phase) {
        for (int i = 0; i < COUNT; i++) {
            if (told.contains(name(phase, i))) {
                return true;
            }
        }
        return false;
    }

    private boolean allOf(String phase) {
        for (int i = 0; i < COUNT; i++) {
            if (!told.contains(name(phase, i))) {
                return false;
            }
        }
        return true;
    }

    private static String name(String phase, int number) {
        return "p-canary-" + phase + "-" + number;
    }
}
