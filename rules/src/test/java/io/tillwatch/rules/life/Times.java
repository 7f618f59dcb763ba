package io.tillwatch.rules.life;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as the tables of the tests write them: {@code 0}, {@code 90s}, {@code 1h30m}, {@code 24h-1ms}. */
public final class Times {

    private static final Pattern TERM = Pattern.compile("([+-]?)(\\d+)(ms|s|m|h|d|)");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Times() {}

    /** The milliseconds of a text such as {@code 24h-1ms}. */
    public static long millis(String text) {
        Matcher term = TERM.matcher(text);
        long sum = 0;
        int end = 0;
        while (term.find() && term.start() == end) {
            long value = Long.parseLong(term.group(2)) * unit(term.group(3));
            sum += term.group(1).equals("-") ? -value : value;
            end = term.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("no time: " + text + "; write 90s, 1h30m or 24h-1ms");
        }
        return sum;
    }

    /** The shortest text for these milliseconds: {@code 1m30s}. */
    public static String text(long millis) {
        if (millis == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
        long rest = Math.abs(millis);
        for (String unit : UNITS) {
            long count = rest / unit(unit);
            rest %= unit(unit);
            if (count > 0) {
                text.append(count).append(unit);
            }
        }
        return text.toString();
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000L;
            case "h" -> 3_600_000L;
            case "m" -> 60_000L;
            case "s" -> 1_000L;
            default -> 1L;
        };
    }
}
