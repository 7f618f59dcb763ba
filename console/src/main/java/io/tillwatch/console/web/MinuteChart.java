package io.tillwatch.console.web;

import io.tillwatch.console.query.Overview;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alerts per minute by type as stacked bars, for the template to draw. The types with most alerts have a colour of their own, the
 * others share one; every figure is also in the text of its bar.
 *
 * @param bars lowest first within a minute
 * @param peak the most alerts of a minute, at least 1
 */
public record MinuteChart(List<Bar> bars, List<Series> series, int peak, Instant from, Instant to) {

    static final int WIDTH = 720;
    static final int HEIGHT = 140;
    private static final int COLOURS = 6;
    private static final String OTHERS = "OTHERS";

    /** @param colour from 0 on, for the style sheet */
    public record Bar(int x, int y, int width, int height, int colour, Instant at, String type, int raised) {}

    public record Series(String type, int colour, int raised) {}

    static MinuteChart of(Overview overview) {
        Instant to = overview.at().truncatedTo(ChronoUnit.MINUTES);
        Instant from = to.minus(Duration.ofMinutes(Overview.MINUTES - 1));
        Map<String, Integer> totals = new LinkedHashMap<>();
        overview.minutes().stream()
                .filter(minute -> !minute.at().isBefore(from))
                .forEach(minute -> totals.merge(minute.type(), minute.raised(), Integer::sum));
        List<Map.Entry<String, Integer>> order = new ArrayList<>(totals.entrySet());
        order.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        Map<String, Integer> colours = new LinkedHashMap<>();
        List<Series> series = new ArrayList<>();
        int others = 0;
        for (Map.Entry<String, Integer> entry : order) {
            if (series.size() < COLOURS) {
                colours.put(entry.getKey(), series.size());
                series.add(new Series(entry.getKey(), series.size(), entry.getValue()));
            } else {
                others += entry.getValue();
            }
        }
        if (others > 0) {
            series.add(new Series(OTHERS, COLOURS, others));
        }
        Map<Instant, Map<Integer, Overview.Minute>> stacked = stacked(overview, from, colours);
        int peak = stacked.values().stream()
                .mapToInt(stack -> stack.values().stream()
                        .mapToInt(Overview.Minute::raised)
                        .sum())
                .max()
                .orElse(1);
        return new MinuteChart(bars(stacked, from, Math.max(1, peak)), series, Math.max(1, peak), from, to);
    }

    private static Map<Instant, Map<Integer, Overview.Minute>> stacked(
            Overview overview, Instant from, Map<String, Integer> colours) {
        Map<Instant, Map<Integer, Overview.Minute>> stacked = new TreeMap<>();
        for (Overview.Minute minute : overview.minutes()) {
            if (minute.at().isBefore(from)) {
                continue;
            }
            int colour = colours.getOrDefault(minute.type(), COLOURS);
            String type = colour == COLOURS ? OTHERS : minute.type();
            stacked.computeIfAbsent(minute.at(), any -> new TreeMap<>())
                    .merge(
                            colour,
                            new Overview.Minute(minute.at(), type, minute.raised()),
                            (one, other) -> new Overview.Minute(one.at(), type, one.raised() + other.raised()));
        }
        return stacked;
    }

    private static List<Bar> bars(Map<Instant, Map<Integer, Overview.Minute>> stacked, Instant from, int peak) {
        List<Bar> bars = new ArrayList<>();
        int step = WIDTH / Overview.MINUTES;
        stacked.forEach((at, stack) -> {
            int x = (int) Duration.between(from, at).toMinutes() * step;
            int below = 0;
            for (Map.Entry<Integer, Overview.Minute> part : stack.entrySet()) {
                int raised = part.getValue().raised();
                int bottom = below * HEIGHT / peak;
                int top = (below + raised) * HEIGHT / peak;
                bars.add(new Bar(
                        x,
                        HEIGHT - top,
                        step - 2,
                        Math.max(1, top - bottom),
                        part.getKey(),
                        at,
                        part.getValue().type(),
                        raised));
                below += raised;
            }
        });
        return bars;
    }
}
