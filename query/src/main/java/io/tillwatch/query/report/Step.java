package io.tillwatch.query.report;

import java.time.Duration;

/** The width of a column of the chart: the smallest of which not many more than a hundred fill a period. */
enum Step {
    MINUTE("minute", Duration.ofMinutes(1), "uuuu-MM-dd HH:mm"),
    HOUR("hour", Duration.ofHours(1), "uuuu-MM-dd HH:mm"),
    DAY("day", Duration.ofDays(1), "uuuu-MM-dd"),
    WEEK("week", Duration.ofDays(7), "uuuu-MM-dd"),
    MONTH("month", Duration.ofDays(30), "uuuu-MM");

    private static final int COLUMNS_MAX = 120;

    private final String unit;
    private final Duration about;
    private final String pattern;

    Step(String unit, Duration about, String pattern) {
        this.unit = unit;
        this.about = about;
        this.pattern = pattern;
    }

    static Step of(Duration period) {
        for (Step step : values()) {
            if (period.dividedBy(step.about) <= COLUMNS_MAX) {
                return step;
            }
        }
        return MONTH;
    }

    /** As the database calls it. */
    String unit() {
        return unit;
    }

    /** How its beginning is written. */
    String pattern() {
        return pattern;
    }
}
