package io.tillwatch.serving.text;

import java.time.Duration;

/** Durations as people say them. */
public final class Durations {

    private Durations() {}

    /** The largest two units, such as {@code 2 d 3 h}, {@code 45 s} or {@code 350 ms}; what is negative is nothing. */
    public static String of(Duration duration) {
        Duration left = duration.isNegative() ? Duration.ZERO : duration;
        if (left.toDays() > 0) {
            return left.toDays() + " d" + (left.toHoursPart() > 0 ? " " + left.toHoursPart() + " h" : "");
        } else if (left.toHours() > 0) {
            return left.toHours() + " h" + (left.toMinutesPart() > 0 ? " " + left.toMinutesPart() + " min" : "");
        } else if (left.toMinutes() > 0) {
            return left.toMinutes() + " min" + (left.toSecondsPart() > 0 ? " " + left.toSecondsPart() + " s" : "");
        } else if (left.toSeconds() > 0) {
            return left.toSeconds() + " s";
        }
        return left.toMillis() + " ms";
    }
}
