package io.tillwatch.traffic.life;

import io.tillwatch.traffic.truth.Truth;
import java.util.List;

/**
 * One payment's life as it is planned, and what is true of it. A step waits for the one before it, so that a machine that
 * stalls delays a life and does not tear it apart.
 */
public final class Life {

    private final Purchase purchase;
    private final Truth truth;
    private final long startAfterMillis;
    private final List<Happening> happenings;
    private final List<Step> steps;

    /**
     * One step.
     *
     * @param gapMillis after the step before
     * @param happening which of the happenings
     * @param happens whether it happens now, so that the acquirer knows of it; it happens once
     * @param delivered whether the feed tells of it now
     */
    record Step(long gapMillis, int happening, boolean happens, boolean delivered) {}

    Life(Purchase purchase, Truth truth, long startAfterMillis, List<Happening> happenings, List<Step> steps) {
        this.purchase = purchase;
        this.truth = truth;
        this.startAfterMillis = startAfterMillis;
        this.happenings = List.copyOf(happenings);
        this.steps = List.copyOf(steps);
    }

    public Purchase purchase() {
        return purchase;
    }

    public String paymentId() {
        return purchase.paymentId();
    }

    public Truth truth() {
        return truth;
    }

    /** When it begins, in milliseconds after the beginning of its scene. */
    public long startAfterMillis() {
        return startAfterMillis;
    }

    List<Happening> happenings() {
        return happenings;
    }

    List<Step> steps() {
        return steps;
    }
}
