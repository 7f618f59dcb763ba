package io.tillwatch.cli.growth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that one run has measured, as a table that Markdown shows as one too, and as JSON.
 *
 * @param left cells that were not measured, each with why
 */
record GrowthReport(String machine, List<Grown> cells, List<String> left, double daysKept) {

    private static final long BASE = 1_000_000;
    private static final long LARGE = 10_000_000;
    private static final double TARGET = 1.3;

    /** With fewer, the compiler and idle time are most of what an event seems to cost: nothing to estimate by. */
    private static final long STEADY_MIN = 100_000;

    GrowthReport {
        cells = List.copyOf(cells);
        left = List.copyOf(left);
    }

    String table() {
        StringBuilder text = new StringBuilder();
        line(text, "%s", machine);
        line(text, "");
        line(
                text,
                "| state | parallelism | open payments | in the state | CPU µs/event | × fewest | CPU µs/event, filling | backlog events/s"
                        + " | bytes a payment | checkpoint MB | written later MB | took ms | all tasks run s | first alert s |");
        line(text, "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (Grown g : cells) {
            line(
                    text,
                    "| %s | %d | %,d | %,d | %.2f | %.2f | %.2f | %,.0f | %.0f | %.1f | %.1f | %d | %.1f | %.1f |",
                    g.cell().keeps() == Cell.Keeps.HEAP ? "heap" : "RocksDB",
                    g.cell().parallelism(),
                    g.cell().open(),
                    g.paymentsInState(),
                    g.microsPerEvent(),
                    g.microsPerEvent() / fewest(g).microsPerEvent(),
                    g.fillMicrosPerEvent(),
                    g.fillPerSecond(),
                    g.bytesPerPayment(),
                    g.full().stateBytes() / 1e6,
                    g.later().writtenBytes() / 1e6,
                    g.full().took().toMillis(),
                    seconds(g.restart().allTasksRun()),
                    seconds(g.restart().firstAlert()));
        }
        left.forEach(why -> line(text, "not measured: %s", why));
        cells.forEach(g -> target(g)
                .ifPresent(ratio -> line(
                        text,
                        "RocksDB, parallelism %d: an event costs %.2f × at %,d open payments what it costs at %,d; the target is %.1f: %s",
                        g.cell().parallelism(),
                        ratio,
                        LARGE,
                        BASE,
                        TARGET,
                        ratio <= TARGET ? "held" : "missed")));
        largest()
                .ifPresent(g -> text.append('\n')
                        .append(String.format("What other loads would need, by the figures of %s:%n%n", g.cell()))
                        .append(Sizing.of(g, fewest(g)).table(daysKept)));
        return text.toString();
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("machine", machine);
        ArrayNode all = root.putArray("growth");
        for (Grown g : cells) {
            ObjectNode one = all.addObject();
            one.put("state", g.cell().keeps().name().toLowerCase(Locale.ROOT));
            one.put("parallelism", g.cell().parallelism());
            one.put("open", g.cell().open());
            one.put("heapMegabytes", g.cell().heapMegabytes());
            one.put("paymentsInState", g.paymentsInState());
            one.put("steadyRecords", g.steadyRecords());
            one.put("microsPerEvent", rounded(g.microsPerEvent()));
            one.put("fillMicrosPerEvent", rounded(g.fillMicrosPerEvent()));
            one.put("fillPerSecond", rounded(g.fillPerSecond()));
            one.put("bytesPerPayment", rounded(g.bytesPerPayment()));
            one.put("checkpointBytes", g.full().stateBytes());
            one.put("checkpointMillis", g.full().took().toMillis());
            one.put("laterBytes", g.later().stateBytes());
            one.put("laterWrittenBytes", g.later().writtenBytes());
            one.put("laterMillis", g.later().took().toMillis());
            one.put("allTasksRunMillis", g.restart().allTasksRun().toMillis());
            one.put("firstAlertMillis", g.restart().firstAlert().toMillis());
        }
        ArrayNode not = root.putArray("notMeasured");
        left.forEach(not::add);
        ArrayNode sizing = root.putArray("sizing");
        largest().ifPresent(g -> {
            for (Sizing.Need need : Sizing.of(g, fewest(g)).needs(daysKept)) {
                ObjectNode one = sizing.addObject();
                one.put("paymentsPerSecond", need.paymentsPerSecond());
                one.put("cores", need.cores());
                one.put("paymentsKept", need.paymentsKept());
                one.put("stateGigabytes", rounded(need.stateGigabytes()));
                need.restoreSeconds().ifPresent(seconds -> one.put("restoreSeconds", rounded(seconds)));
            }
        });
        return root.toString();
    }

    /** The cell with the fewest open payments among those like this one. */
    private Grown fewest(Grown like) {
        return cells.stream()
                .filter(g -> alike(g, like))
                .min(Comparator.comparingLong(g -> g.cell().open()))
                .orElse(like);
    }

    /** How many times as much an event costs with ten million payments as with one, if this is the cell to say it. */
    private Optional<Double> target(Grown large) {
        if (large.cell().keeps() != Cell.Keeps.ROCKSDB || large.cell().open() != LARGE) {
            return Optional.empty();
        }
        return cells.stream()
                .filter(g -> alike(g, large) && g.cell().open() == BASE)
                .findFirst()
                .map(base -> large.microsPerEvent() / base.microsPerEvent());
    }

    private static boolean alike(Grown one, Grown other) {
        return one.cell().keeps() == other.cell().keeps()
                && one.cell().parallelism() == other.cell().parallelism();
    }

    /** By which other loads are estimated: what is kept on disk rather than on the heap, for it grows further. */
    private Optional<Grown> largest() {
        return cells.stream()
                .filter(g -> g.steadyRecords() >= STEADY_MIN)
                .max(Comparator.<Grown, Cell.Keeps>comparing(g -> g.cell().keeps())
                        .thenComparing(g -> g.cell().open())
                        .thenComparing(g -> g.cell().parallelism()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
