package io.tillwatch.bench.picture;

import io.tillwatch.bench.picture.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/** A value for each name, as bars that lie. */
final class Bars {

    private static final int WIDTH = 960;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int TOP = 70;
    private static final int ROW = 30;
    private static final int BOTTOM = 20;

    private Bars() {}

    /** @param ours whether the bar is one of those that the picture is about */
    record Bar(String name, double value, boolean ours) {}

    static String of(String title, String under, List<Bar> bars) {
        Svg svg = new Svg(WIDTH, TOP + ROW * bars.size() + BOTTOM, title);
        svg.text(20, 30, 18, Anchor.START, Svg.INK, title).text(20, 50, 12, Anchor.START, Svg.FAINT, under);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = TOP + i * ROW;
            double width = (WIDTH - LEFT - RIGHT) * bar.value() / most;
            svg.text(LEFT - 10, y + 18, 14, Anchor.END, Svg.INK, bar.name())
                    .rect(LEFT, y + 4, width, ROW - 10, bar.ours() ? Svg.OURS : Svg.OTHERS)
                    .text(
                            LEFT + width + 8,
                            y + 18,
                            14,
                            Anchor.START,
                            Svg.INK,
                            String.format(Locale.ROOT, "%.2f", bar.value()));
        }
        return svg.toString();
    }
}
