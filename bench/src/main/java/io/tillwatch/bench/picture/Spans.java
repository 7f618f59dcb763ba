package io.tillwatch.bench.picture;

import io.tillwatch.bench.picture.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/** Percentiles of times, a row each, from the median to the longest, on a scale of powers of ten. */
final class Spans {

    private static final int WIDTH = 960;
    private static final int LEFT = 320;
    private static final int PLOT_WIDTH = 600;
    private static final int TOP = 100;
    private static final int ROW = 28;

    private Spans() {}

    /** Milliseconds. */
    record Span(String name, double p50, double p99, double p999, double max) {}

    static String of(String title, String under, List<Span> spans) {
        Svg svg = new Svg(WIDTH, TOP + ROW * spans.size() + 40, title);
        svg.text(20, 30, 18, Anchor.START, Svg.INK, title).text(20, 50, 12, Anchor.START, Svg.FAINT, under);
        double most = Math.pow(
                10,
                Math.ceil(Math.log10(
                        Math.max(10, spans.stream().mapToDouble(Span::max).max().orElse(10)))));
        int bottom = TOP + ROW * spans.size();
        for (double ms = 1; ms <= most; ms *= 10) {
            double x = place(ms, most);
            svg.line(x, TOP - 8, x, bottom, Svg.GRID, 1)
                    .text(x, bottom + 18, 11, Anchor.MIDDLE, Svg.FAINT, String.format(Locale.ROOT, "%,.0f ms", ms));
        }
        key(svg);
        for (int i = 0; i < spans.size(); i++) {
            Span s = spans.get(i);
            double y = TOP + i * ROW + ROW / 2.0;
            svg.text(LEFT - 14, y + 4, 13, Anchor.END, Svg.INK, s.name())
                    .line(place(s.p50(), most), y, place(s.max(), most), y, Svg.FAINT, 2)
                    .dot(place(s.max(), most), y, 4, Svg.FAINT)
                    .dot(place(s.p999(), most), y, 4, Svg.COOL)
                    .dot(place(s.p99(), most), y, 5, Svg.WARM)
                    .dot(place(s.p50(), most), y, 5, Svg.OURS);
        }
        return svg.toString();
    }

    private static void key(Svg svg) {
        List<String> names = List.of("p50", "p99", "p99.9", "most");
        List<String> colours = List.of(Svg.OURS, Svg.WARM, Svg.COOL, Svg.FAINT);
        for (int i = 0; i < names.size(); i++) {
            svg.dot(LEFT + i * 80, TOP - 26, 5, colours.get(i))
                    .text(LEFT + i * 80 + 10, TOP - 22, 12, Anchor.START, Svg.INK, names.get(i));
        }
    }

    private static double place(double millis, double most) {
        return LEFT + PLOT_WIDTH * Math.log10(Math.max(1, millis)) / Math.log10(most);
    }
}
