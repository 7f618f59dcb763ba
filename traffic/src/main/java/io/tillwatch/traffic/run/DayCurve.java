package io.tillwatch.traffic.run;

import java.time.Duration;

/**
 * How busy shops are through a day: quiet at night, a rush at noon and a longer one in the evening. The mean over a day
 * is 1.
 */
public final class DayCurve {

    /** Every hour alike. */
    public static final DayCurve FLAT = new DayCurve(Duration.ofDays(1), new double[] {1});

    private static final double[] BY_HOUR = {
        0.35, 0.30, 0.30, 0.30, 0.30, 0.35, 0.50, 0.80, 1.00, 1.10, 1.20, 1.55,
        1.75, 1.45, 1.15, 1.10, 1.25, 1.55, 1.80, 1.70, 1.35, 0.95, 0.65, 0.45
    };

    private final long dayNanos;
    private final double[] byHour;
    private final double mean;

    private DayCurve(Duration day, double[] byHour) {
        this.dayNanos = day.toNanos();
        this.byHour = byHour;
        double sum = 0;
        for (double factor : byHour) {
            sum += factor;
        }
        this.mean = sum / byHour.length;
    }

    /** A day of shops, over in a time of more than zero; it begins at eight in the morning. */
    public static DayCurve lasting(Duration day) {
        return new DayCurve(day, BY_HOUR);
    }

    /** By how much a moment is busier than the mean. */
    public double factorAt(long nanosFromBeginning) {
        double ofDay = (double) Math.floorMod(nanosFromBeginning + dayNanos / 3, dayNanos) / dayNanos;
        return byHour[(int) (ofDay * byHour.length)] / mean;
    }
}
