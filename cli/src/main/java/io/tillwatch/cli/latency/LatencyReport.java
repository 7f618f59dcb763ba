package io.tillwatch.cli.latency;

import io.tillwatch.cli.latency.Measured.Window;
import io.tillwatch.cli.live.Percentiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, as a table that Markdown shows as one too, and as one line of JSON. */
final class LatencyReport {

    private static final String HEAD = "| state | records/s asked | sent | when | alert of | alerts | p50 ms | p99 ms"
            + " | p99.9 ms | most ms | missed | backlog |";

    private LatencyReport() {}

    static String table(List<Measured> all) {
        StringBuilder text = new StringBuilder();
        line(text, "%s", HEAD);
        line(text, "%s", HEAD.replaceAll("[^|]+", " --- "));
        for (Measured m : all) {
            for (Window w : m.windows()) {
                row(text, m, w, "a record", w.atOnce());
                row(text, m, w, "a deadline", w.deadline());
            }
        }
        for (Measured m : all) {
            if (m.batchSeconds() > 0) {
                line(
                        text,
                        "%s: %,d settlements at once were taken after %.1f s",
                        m.load(),
                        m.load().batch(),
                        m.batchSeconds());
            }
            if (m.fallsBehind()) {
                line(text, "%s: does not keep up, alerts took longer and longer", m.load());
            }
            if (!m.sentAsAsked()) {
                line(text, "%s: the generator sent less than it was asked to", m.load());
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, Measured m, Window w, String of, Percentiles p) {
        line(
                text,
                "| %s | %,.0f | %,.0f | %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d |",
                m.load().state(),
                m.load().recordsPerSecond(),
                m.sentPerSecond(),
                w.name(),
                of,
                p.count(),
                p.p50(),
                p.p99(),
                p.p999(),
                p.max(),
                m.missed(),
                m.backlog());
    }

    static String json(List<Measured> all) {
        return all.stream().map(LatencyReport::json).collect(Collectors.joining(",", "{\"latency\":[", "]}"));
    }

    private static String json(Measured m) {
        return String.format(
                Locale.ROOT,
                "{\"state\":\"%s\",\"recordsPerSecondAsked\":%.0f,\"recordsPerSecond\":%.0f,\"missed\":%d,\"backlog\":%d,"
                        + "\"fallsBehind\":%b,\"batch\":%d,\"batchSeconds\":%.1f,\"windows\":[%s]}",
                m.load().state(),
                m.load().recordsPerSecond(),
                m.sentPerSecond(),
                m.missed(),
                m.backlog(),
                m.fallsBehind(),
                m.load().batch(),
                m.batchSeconds(),
                m.windows().stream().map(LatencyReport::json).collect(Collectors.joining(",")));
    }

    private static String json(Window w) {
        return "{\"when\":\"" + w.name() + "\",\"atOnceMillis\":" + w.atOnce().json() + ",\"deadlineMillis\":"
                + w.deadline().json() + "}";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
