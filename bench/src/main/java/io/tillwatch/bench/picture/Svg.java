package io.tillwatch.bench.picture;

import java.util.Locale;

/** Writes an SVG, from the top of the page down: what comes later lies above. */
public final class Svg {

    public static final String INK = "#1e293b";
    public static final String FAINT = "#94a3b8";
    public static final String GRID = "#e2e8f0";
    public static final String OURS = "#0f766e";
    public static final String OTHERS = "#94a3b8";
    public static final String WARM = "#b45309";
    public static final String COOL = "#1d4ed8";

    /** Where a text begins or ends. */
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;
    private final String title;

    /** @param title read to who cannot see the picture */
    public Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    public Svg rect(double x, double y, double w, double h, String fill) {
        return add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, w, h, fill);
    }

    /** A rectangle with a text that is shown when it is pointed at. */
    public Svg rect(double x, double y, double w, double h, String fill, String tip) {
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#ffffff\""
                        + " stroke-width=\"0.4\"><title>%s</title></rect>",
                x, y, w, h, fill, escaped(tip));
    }

    public Svg line(double x1, double y1, double x2, double y2, String stroke, double strokeWidth) {
        return add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1, y1, x2, y2, stroke, strokeWidth);
    }

    public Svg dot(double x, double y, double radius, String fill) {
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, fill);
    }

    public Svg text(double x, double y, int size, Anchor anchor, String fill, String text) {
        return add(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, size, anchor.name().toLowerCase(Locale.ROOT), fill, escaped(text));
    }

    /** The whole file. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"Helvetica,Arial,sans-serif\">%n<title>%s</title>%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n%s</svg>%n",
                width,
                height,
                escaped(title),
                width,
                height,
                body);
    }

    private Svg add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
