package io.tillwatch.console.text;

import io.tillwatch.serving.text.Durations;
import io.tillwatch.serving.text.Money;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures and times as people read them. Amounts have exactly the digits of their currency; nothing is rounded. */
public final class Formats {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Formats() {}

    /**
     * An amount with its currency, such as {@code 1,234.50 EUR}, {@code 1,234 JPY} or {@code 1.234 KWD}.
     *
     * @param minorUnits in the currency's minor units
     */
    public static String money(long minorUnits, String currency, Locale locale) {
        return Money.of(minorUnits, currency, locale);
    }

    /** The amount alone. */
    public static String figure(long minorUnits, String currency, Locale locale) {
        return Money.figure(minorUnits, currency, locale);
    }

    public static String count(long number, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    public static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** With milliseconds and the zone's name, to be shown on hover. */
    public static String utc(Instant at) {
        return MILLIS.format(at.atZone(ZoneOffset.UTC)) + " UTC";
    }

    /** As people say it: the largest two units, such as {@code 2 d 3 h}, {@code 45 s} or {@code 350 ms}. */
    public static String duration(Duration duration, Locale locale) {
        return Durations.of(duration, locale);
    }
}
