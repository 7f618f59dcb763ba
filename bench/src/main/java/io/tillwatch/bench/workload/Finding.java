package io.tillwatch.bench.workload;

import java.util.Comparator;

/** Something wrong with a payment, as a contender found it or as it is true. */
public record Finding(Detection detection, String paymentId) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::detection).thenComparing(Finding::paymentId);

    /** The finding of a {@link #toString}. */
    public static Finding parse(String text) {
        int space = text.indexOf(' ');
        return new Finding(Detection.valueOf(text.substring(0, space)), text.substring(space + 1));
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return detection + " " + paymentId;
    }
}
