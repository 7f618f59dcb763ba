package io.tillwatch.bench.profile;

import io.tillwatch.bench.picture.Svg;
import io.tillwatch.bench.picture.Svg.Anchor;
import io.tillwatch.bench.profile.Stacks.Node;
import java.util.Locale;

/**
 * Stacks as a picture: a method is as wide as its share of the samples, and stands upon its caller. What is pointed at tells
 * its name and share.
 */
public final class FlameGraph {

    private static final int WIDTH = 1200;
    private static final int MARGIN = 10;
    private static final int TOP = 60;
    private static final int ROW = 15;
    private static final double LETTER = 6.2;

    /** Narrower ones cannot be seen. */
    private static final double NARROWEST = 0.8;

    private final Svg svg;
    private final double unit;
    private final long samples;
    private final int bottom;

    private FlameGraph(Node all, String title) {
        this.samples = all.samples();
        this.unit = samples == 0 ? 0 : (WIDTH - 2.0 * MARGIN) / samples;
        this.bottom = TOP + ROW * depth(all);
        this.svg = new Svg(WIDTH, bottom + MARGIN, title);
        svg.text(MARGIN, 26, 18, Anchor.START, Svg.INK, title)
                .text(
                        MARGIN,
                        44,
                        12,
                        Anchor.START,
                        Svg.FAINT,
                        String.format(
                                Locale.ROOT,
                                "%,d samples of threads busy in Java; green is Tillwatch, blue Flink, brown Kafka",
                                samples));
    }

    public static String of(Node all, String title) {
        FlameGraph graph = new FlameGraph(all, title);
        graph.draw(all, MARGIN, 0);
        return graph.svg.toString();
    }

    private void draw(Node node, double x, int level) {
        double width = node.samples() * unit;
        if (width < NARROWEST) {
            return;
        }
        double y = bottom - ROW * (level + 1.0);
        String tip = String.format(Locale.ROOT, "%s: %.1f %%", node.name(), 100.0 * node.samples() / samples);
        svg.rect(x, y, width, ROW - 1, colour(node.name()), tip);
        int letters = (int) (width / LETTER);
        if (letters >= 4) {
            String name = simple(node.name());
            svg.text(x + 2, y + 11, 10, Anchor.START, "#ffffff", name.substring(0, Math.min(letters, name.length())));
        }
        double next = x;
        for (Node callee : node.callees()) {
            draw(callee, next, level + 1);
            next += callee.samples() * unit;
        }
    }

    /** Levels that can be seen. */
    private int depth(Node node) {
        int deepest = 0;
        for (Node callee : node.callees()) {
            if (callee.samples() * unit >= NARROWEST) {
                deepest = Math.max(deepest, depth(callee));
            }
        }
        return deepest + 1;
    }

    private static String simple(String name) {
        int method = name.lastIndexOf('.');
        int type = name.lastIndexOf('.', method - 1);
        return name.substring(type + 1);
    }

    private static String colour(String name) {
        if (name.startsWith("io.tillwatch.")) {
            return Svg.OURS;
        }
        if (name.startsWith("org.apache.flink.")) {
            return Svg.COOL;
        }
        if (name.startsWith("org.apache.kafka.")) {
            return Svg.WARM;
        }
        return "#64748b";
    }
}
