package io.tillwatch.serving.text;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
public final class Durations {

    private static final Units INTERNATIONAL = new Units(" d", " h", " min", " s", " ms");
    private static final Units CHINESE = new Units(" 天", " 小时", " 分钟", " 秒", " 毫秒");

    private record Units(String days, String hours, String minutes, String seconds, String millis) {}

    private Durations() {}

    /**
     * The largest two units, such as {@code 2 d 3 h}, {@code 45 s} or {@code 350 ms}; what is negative is nothing.
     *
     * @param locale Chinese has units of its own, all others have the international symbols
     */
    public static String of(Duration duration, Locale locale) {
        Units units = locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? CHINESE : INTERNATIONAL;
        Duration left = duration.isNegative() ? Duration.ZERO : duration;
        if (left.toDays() > 0) {
            return left.toDays() + units.days() + and(left.toHoursPart(), units.hours());
        } else if (left.toHours() > 0) {
            return left.toHours() + units.hours() + and(left.toMinutesPart(), units.minutes());
        } else if (left.toMinutes() > 0) {
            return left.toMinutes() + units.minutes() + and(left.toSecondsPart(), units.seconds());
        } else if (left.toSeconds() > 0) {
            return left.toSeconds() + units.seconds();
        }
        return left.toMillis() + units.millis();
    }

    private static String and(int rest, String unit) {
        return rest > 0 ? " " + rest + unit : "";
    }
}
