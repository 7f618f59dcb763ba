package io.tillwatch.query.report;

import io.tillwatch.query.report.Figures.Column;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Columns of how many alerts were raised when, drawn to the scale of the fullest.
 *
 * @param bars with those of nothing between them
 * @param most how many alerts the highest has
 */
public record Chart(List<Bar> bars, long most, String firstLabel, String lastLabel, String step) {

    private static final double WIDTH = 720;
    private static final double HEIGHT = 160;
    private static final double GAP = 0.15;

    /** A column, from the left and from the bottom; in the units of the drawing. */
    public record Bar(
            String x,
            String width,
            String openY,
            String openHeight,
            String resolvedY,
            String resolvedHeight,
            String title) {}

    static Chart of(List<Column> columns, Instant from, Instant to, ZoneId zone, Words words) {
        Step step = Step.of(Duration.between(from, to));
        DateTimeFormatter label = DateTimeFormatter.ofPattern(step.pattern(), Locale.ROOT);
        Map<LocalDateTime, Column> bySince = columns.stream()
                .collect(Collectors.toMap(column -> LocalDateTime.parse(column.since()), Function.identity()));
        List<LocalDateTime> times = times(step, from.atZone(zone), to.atZone(zone));
        long most = columns.stream().mapToLong(Column::alerts).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        double width = WIDTH / times.size();
        for (int i = 0; i < times.size(); i++) {
            Column column = bySince.get(times.get(i));
            if (column != null) {
                bars.add(bar(column, i * width, width, most, label.format(times.get(i)), words));
            }
        }
        return new Chart(
                bars,
                most,
                label.format(times.get(0)),
                label.format(times.get(times.size() - 1)),
                words.t("chart." + step.unit()));
    }

    private static Bar bar(Column column, double x, double width, long most, String when, Words words) {
        double resolved = HEIGHT * column.resolved() / most;
        double open = HEIGHT * (column.alerts() - column.resolved()) / most;
        return new Bar(
                number(x + width * GAP / 2),
                number(width * (1 - GAP)),
                number(HEIGHT - resolved - open),
                number(open),
                number(HEIGHT - resolved),
                number(resolved),
                words.t("chart.bar", when, column.alerts(), column.resolved()));
    }

    private static List<LocalDateTime> times(Step step, ZonedDateTime from, ZonedDateTime to) {
        List<LocalDateTime> times = new ArrayList<>();
        LocalDateTime end = to.toLocalDateTime();
        LocalDateTime at = beginning(step, from.toLocalDateTime());
        do {
            times.add(at);
            at = switch (step) {
                case MINUTE -> at.plusMinutes(1);
                case HOUR -> at.plusHours(1);
                case DAY -> at.plusDays(1);
                case WEEK -> at.plusWeeks(1);
                case MONTH -> at.plusMonths(1);
            };
        } while (at.isBefore(end));
        return times;
    }

    private static LocalDateTime beginning(Step step, LocalDateTime at) {
        return switch (step) {
            case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> at.truncatedTo(ChronoUnit.DAYS);
            case WEEK -> at.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> at.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.firstDayOfMonth());
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
