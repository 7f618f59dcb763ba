package io.tillwatch.bench.picture;

import io.tillwatch.bench.picture.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/** Values that change with a number of very different sizes: panels side by side, each with its curves. */
final class Curves {

    private static final int PANEL = 470;
    private static final int HEIGHT = 380;
    private static final int LEFT = 60;
    private static final int TOP = 100;
    private static final int PLOT_WIDTH = 370;
    private static final int PLOT_HEIGHT = 220;
    private static final int STEPS = 4;
    private static final List<String> COLOURS = List.of(Svg.OURS, Svg.WARM, Svg.COOL, "#7c3aed");

    private Curves() {}

    record Point(double x, double y) {}

    record Curve(String name, List<Point> points) {}

    /** @param title says the unit */
    record Panel(String title, List<Curve> curves) {}

    static String of(String title, String under, List<Panel> panels) {
        Svg svg = new Svg(20 + PANEL * panels.size(), HEIGHT, title);
        svg.text(20, 30, 18, Anchor.START, Svg.INK, title).text(20, 50, 12, Anchor.START, Svg.FAINT, under);
        for (int i = 0; i < panels.size(); i++) {
            panel(svg, LEFT + i * PANEL, panels.get(i));
        }
        return svg.toString();
    }

    private static void panel(Svg svg, int left, Panel panel) {
        List<Point> all =
                panel.curves().stream().flatMap(c -> c.points().stream()).toList();
        double least = all.stream().mapToDouble(Point::x).min().orElse(1);
        double most = all.stream().mapToDouble(Point::x).max().orElse(10);
        double top = round(all.stream().mapToDouble(Point::y).max().orElse(1));
        svg.text(left, TOP - 16, 13, Anchor.START, Svg.INK, panel.title());
        for (int i = 0; i <= STEPS; i++) {
            double y = TOP + PLOT_HEIGHT - PLOT_HEIGHT * i / (double) STEPS;
            svg.line(left, y, left + PLOT_WIDTH, y, Svg.GRID, 1)
                    .text(left - 6, y + 4, 11, Anchor.END, Svg.FAINT, number(top * i / STEPS));
        }
        all.stream()
                .mapToDouble(Point::x)
                .distinct()
                .forEach(x -> svg.text(
                        left + place(x, least, most), TOP + PLOT_HEIGHT + 18, 11, Anchor.MIDDLE, Svg.FAINT, size(x)));
        for (int i = 0; i < panel.curves().size(); i++) {
            curve(svg, left, panel.curves().get(i), COLOURS.get(i % COLOURS.size()), least, most, top);
            int x = left + i % 2 * (PLOT_WIDTH / 2);
            int y = TOP + PLOT_HEIGHT + 38 + i / 2 * 16;
            svg.rect(x, y - 9, 10, 10, COLOURS.get(i % COLOURS.size()))
                    .text(
                            x + 15,
                            y,
                            12,
                            Anchor.START,
                            Svg.INK,
                            panel.curves().get(i).name());
        }
    }

    private static void curve(Svg svg, int left, Curve curve, String colour, double least, double most, double top) {
        Point before = null;
        for (Point p : curve.points()) {
            double x = left + place(p.x(), least, most);
            double y = TOP + PLOT_HEIGHT * (1 - p.y() / top);
            if (before != null) {
                svg.line(
                        left + place(before.x(), least, most),
                        TOP + PLOT_HEIGHT * (1 - before.y() / top),
                        x,
                        y,
                        colour,
                        2);
            }
            svg.dot(x, y, 4, colour);
            before = p;
        }
    }

    /** By the logarithm; in the middle when all are the same. */
    private static double place(double x, double least, double most) {
        return least == most ? PLOT_WIDTH / 2.0 : PLOT_WIDTH * Math.log(x / least) / Math.log(most / least);
    }

    /** The next 1, 2 or 5 with zeros, so that the axis has round numbers. */
    private static double round(double value) {
        if (!(value > 0)) {
            return 1;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (value <= step * unit) {
                return step * unit;
            }
        }
        return 10 * unit;
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String size(double value) {
        return value >= 1e6
                ? String.format(Locale.ROOT, "%.0f M", value / 1e6)
                : String.format(Locale.ROOT, "%,.0f", value);
    }
}
