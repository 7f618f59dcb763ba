package io.tillwatch.cli.demo;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.OutcomeResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Shows what goes on: on a terminal as a picture that is redrawn in its place, otherwise as a line from time to time.
 */
final class Screen implements Progress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private int drawn;
    private long lastLineNanos;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void starting(String part) {
        out.printf("  %-22s starting …%n", part);
        out.flush();
    }

    @Override
    public synchronized void up(String part, String where, long afterMillis) {
        out.printf("  %-22s up after %.1f s   %s%n", part, afterMillis / 1_000.0, where);
        out.flush();
    }

    @Override
    public synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Shows a moment, if it is time to. */
    synchronized void show(DemoState.Moment moment, Duration running, String doing) {
        if (terminal) {
            erase();
            List<String> picture = picture(moment, running, doing);
            picture.forEach(out::println);
            drawn = picture.size();
        } else if (drawn == 0 || System.nanoTime() - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = System.nanoTime();
            drawn = 1;
            out.println(line(moment, running, doing));
        }
        out.flush();
    }

    private void erase() {
        if (terminal && drawn > 0) {
            // Up so many lines, and all that is below goes.
            out.printf("\u001b[%dA\u001b[J", drawn);
        }
        drawn = terminal ? 0 : drawn;
    }

    private static String clock(Duration running) {
        return String.format("%d:%02d", running.toMinutes(), running.toSecondsPart());
    }

    private static String line(DemoState.Moment m, Duration running, String doing) {
        return String.format(
                "%s %s: payments %,d, records %,d, alerts %,d (%,d stand), commands %,d, remedies %s, recovered %s",
                clock(running),
                doing,
                m.payments(),
                m.records(),
                sum(m.raised()),
                sum(m.standing()),
                m.automatic() + m.forPeople(),
                results(m.results()),
                money(m.recovered()));
    }

    private static List<String> picture(DemoState.Moment m, Duration running, String doing) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format("Tillwatch  %s  %s", clock(running), doing));
        lines.add(String.format(
                "payments  %,d, %,d of them with a fault   records  %,d, %,d set aside",
                m.payments(), m.faulty(), m.records(), m.deadLetters()));
        lines.add(String.format(
                "commands  %,d automatic, %,d for a person   remedies  %s",
                m.automatic(), m.forPeople(), results(m.results())));
        lines.add("");
        lines.add(String.format("%-32s %9s %9s", "alert", "raised", "standing"));
        for (AlertType type : AlertType.values()) {
            long raised = m.raised().getOrDefault(type, 0L);
            if (raised > 0) {
                lines.add(String.format(
                        "%-32s %,9d %,9d", type, raised, m.standing().getOrDefault(type, 0L)));
            }
        }
        lines.add("");
        lines.add(String.format("%-10s %21s %21s", "money", "at risk", "recovered"));
        Set<String> currencies = new TreeSet<>(m.atRisk().keySet());
        currencies.addAll(m.recovered().keySet());
        for (String currency : currencies) {
            lines.add(String.format(
                    "%-10s %21s %21s",
                    currency,
                    Money.text(m.atRisk().getOrDefault(currency, 0L), currency),
                    Money.text(m.recovered().getOrDefault(currency, 0L), currency)));
        }
        return lines;
    }

    private static String results(Map<OutcomeResult, Long> results) {
        return results.isEmpty()
                ? "none yet"
                : results.entrySet().stream()
                        .map(e -> String.format("%s %,d", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String money(Map<String, Long> amounts) {
        return amounts.isEmpty()
                ? "nothing yet"
                : amounts.entrySet().stream()
                        .map(e -> Money.text(e.getValue(), e.getKey()) + " " + e.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static long sum(Map<AlertType, Long> byType) {
        return byType.values().stream().mapToLong(Long::longValue).sum();
    }
}
