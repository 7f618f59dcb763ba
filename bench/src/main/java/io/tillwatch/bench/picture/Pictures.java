package io.tillwatch.bench.picture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.bench.picture.Bars.Bar;
import io.tillwatch.bench.picture.Curves.Curve;
import io.tillwatch.bench.picture.Curves.Panel;
import io.tillwatch.bench.picture.Curves.Point;
import io.tillwatch.bench.picture.Spans.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a command of the bench has printed with {@code --json}, as a picture. */
public final class Pictures {

    private static final double MEGABYTE = 1e6;
    private static final double SECOND_MILLIS = 1_000;

    private Pictures() {}

    /** Of {@code bench run}: the CPU time of an event in each contender's last pass. */
    public static String run(JsonNode run) {
        List<Bar> bars = new ArrayList<>();
        for (JsonNode contender : run.path("contenders")) {
            JsonNode passes = contender.path("passes");
            if (!passes.isEmpty()) {
                String name = contender.path("name").asText();
                bars.add(new Bar(
                        name,
                        passes.get(passes.size() - 1).path("microsPerEvent").asDouble(),
                        name.startsWith("tillwatch")));
            }
        }
        JsonNode machine = run.path("machine");
        return Bars.of(
                "CPU time of an event, µs",
                String.format(
                        Locale.ROOT,
                        "%,d payments, %,d records; %d cores, %s, %s; the last of several passes in one JVM",
                        run.path("payments").asLong(),
                        run.path("records").asLong(),
                        machine.path("cores").asInt(),
                        machine.path("system").asText(),
                        machine.path("jdk").asText()),
                bars);
    }

    /** Of {@code bench growth}. */
    public static String growth(JsonNode growth) {
        return Curves.of(
                "As open payments become many",
                growth.path("machine").asText(),
                List.of(
                        panel("CPU time of an event, µs", growth, "microsPerEvent", 1),
                        panel("checkpoint, MB", growth, "checkpointBytes", MEGABYTE),
                        panel(
                                "restart after a kill until the first alert, s",
                                growth,
                                "firstAlertMillis",
                                SECOND_MILLIS)));
    }

    private static Panel panel(String title, JsonNode growth, String field, double unit) {
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        for (JsonNode cell : growth.path("growth")) {
            String name = cell.path("state").asText() + ", parallelism "
                    + cell.path("parallelism").asInt();
            curves.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new Point(
                            cell.path("open").asDouble(), cell.path(field).asDouble() / unit));
        }
        return new Panel(
                title,
                curves.entrySet().stream()
                        .map(e -> new Curve(e.getKey(), sorted(e.getValue())))
                        .toList());
    }

    private static List<Point> sorted(List<Point> points) {
        return points.stream().sorted((a, b) -> Double.compare(a.x(), b.x())).toList();
    }

    /** Of {@code bench latency}. */
    public static String latency(JsonNode latency) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode load : latency.path("latency")) {
            for (JsonNode window : load.path("windows")) {
                String when = window.path("when").asText();
                String name = String.format(
                        Locale.ROOT,
                        "%s, %,d/s%s",
                        load.path("state").asText(),
                        load.path("recordsPerSecond").asLong(),
                        when.equals("all") ? "" : ", " + when);
                spans.add(span(name + ": record", window.path("atOnceMillis")));
                spans.add(span(name + ": deadline", window.path("deadlineMillis")));
            }
        }
        return Spans.of(
                "From a record or a deadline to the readable alert",
                "Records a second as they were sent; checkpoints every ten seconds",
                spans);
    }

    private static Span span(String name, JsonNode p) {
        return new Span(
                name,
                p.path("p50").asDouble(),
                p.path("p99").asDouble(),
                p.path("p999").asDouble(),
                p.path("max").asDouble());
    }
}
