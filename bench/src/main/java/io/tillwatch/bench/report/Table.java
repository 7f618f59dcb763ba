package io.tillwatch.bench.report;

import io.tillwatch.bench.contender.ContenderName;
import io.tillwatch.bench.contender.Measured;
import io.tillwatch.bench.contender.Pass;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A report as a table, which Markdown shows as one too. */
public final class Table {

    private static final String HEAD =
            "| contender | CPU µs/event, warm | cold | × floor | × floor with state | events/s | wall s | memory MB | heap MB"
                    + " | missed | spurious | other |";

    private Table() {}

    /** The table, with what it was measured on above it. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, "%s", report.machine());
        line(
                text,
                "%,d payments over %d days (seed %d), %,d records; %,d things wrong; heap %d MB, parallelism %d, %d passes",
                report.plan().payments(),
                report.plan().days(),
                report.plan().seed(),
                report.records(),
                report.truths(),
                report.heapMegabytes(),
                report.parallelism(),
                report.passes());
        line(text, "");
        line(text, "%s", HEAD);
        line(text, "%s", HEAD.replaceAll("[^|]+", " --- "));
        report.results().forEach(result -> row(text, report, result));
        return text.toString();
    }

    private static void row(StringBuilder text, Report report, Measured result) {
        Optional<Pass> last = result.last();
        line(
                text,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                result.name(),
                cell(result.warm(), pass -> String.format(Locale.ROOT, "%.2f", report.microsPerEvent(pass))),
                cell(result.cold(), pass -> String.format(Locale.ROOT, "%.2f", report.microsPerEvent(pass))),
                cell(last, pass -> ratio(report.timesOf(ContenderName.FLOOR, pass))),
                cell(last, pass -> ratio(report.timesOf(Report.floorWithState(result.name()), pass))),
                cell(last, pass -> String.format(Locale.ROOT, "%,.0f", report.eventsPerSecond(pass))),
                cell(last, pass -> String.format(Locale.ROOT, "%.1f", pass.wallMillis() / 1000.0)),
                cell(last, pass -> Long.toString(pass.residentPeakMegabytes())),
                cell(last, pass -> Long.toString(pass.heapPeakMegabytes())),
                found(result, last, pass -> pass.missed().total()),
                found(result, last, pass -> pass.spurious().total()),
                found(result, last, Pass::others));
        result.failure().ifPresent(why -> line(text, "%s failed: %s", result.name(), why));
    }

    private static String found(Measured result, Optional<Pass> pass, Function<Pass, Integer> count) {
        return switch (result.name().finds()) {
            case NOTHING -> "";
            case THE_FOUR -> cell(pass, p -> count.apply(p).toString());
        };
    }

    private static String cell(Optional<Pass> pass, Function<Pass, String> text) {
        return pass.map(text).orElse("–");
    }

    private static String ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "–";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
