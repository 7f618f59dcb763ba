package io.tillwatch.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run found: its figures, and the promises that were not kept. */
record Verdict(Map<String, Object> figures, List<Violation> violations) {

    Verdict {
        violations = List.copyOf(violations);
    }

    /** Holds all that is known against each other, and counts. */
    static Verdict of(Evidence evidence, long written, Duration took) {
        List<Violation> violations = new ArrayList<>(new MoneyChecks(evidence).violations());
        violations.addAll(new JournalChecks(evidence).violations());
        return new Verdict(figures(evidence, written, took, violations.size()), violations);
    }

    private static Map<String, Object> figures(Evidence evidence, long written, Duration took, int violations) {
        Map<String, Object> figures = new LinkedHashMap<>();
        Map<String, Map<String, Integer>> ends = new TreeMap<>();
        Map<String, Map<String, Integer>> endsByBank = new TreeMap<>();
        Map<String, Integer> escalated = new TreeMap<>();
        int escalatedWithEffect = 0;
        for (Asked asked : evidence.deeds().asked().values()) {
            Journal.Row row = evidence.rows().get(asked.commandId());
            String end = row == null ? "MISSING" : row.state();
            count(ends, asked.command().getAction().name(), end);
            count(endsByBank, asked.bank().name(), end);
            if (end.equals("ESCALATED")) {
                escalated.merge(code(row.detail()), 1, Integer::sum);
                escalatedWithEffect += evidence.effects(asked.commandId()).isEmpty() ? 0 : 1;
            }
        }
        long sends = evidence.attempts().values().stream()
                .flatMap(List::stream)
                .filter(Journal.Attempt::send)
                .count();
        long exchanges =
                evidence.attempts().values().stream().mapToLong(List::size).sum();
        figures.put("commands", evidence.deeds().asked().size());
        figures.put("recordsWritten", written);
        figures.put("endsByAction", ends);
        figures.put("endsByAcquirer", endsByBank);
        figures.put("escalatedFor", escalated);
        figures.put("escalatedWithAnEffect", escalatedWithEffect);
        figures.put("deaths", evidence.deeds().deaths());
        figures.put("inquiries", exchanges - sends);
        figures.put("sends", sends);
        figures.put(
                "effects",
                evidence.effects().values().stream().mapToInt(List::size).sum());
        figures.put("outcomeRecords", evidence.outcomes().size());
        figures.put("reversalRecords", evidence.reversals().size());
        figures.put("auditRows", evidence.audit().rows());
        figures.put("seconds", took.toSeconds());
        figures.put("violations", violations);
        return figures;
    }

    private static String code(String detail) {
        if (detail == null) {
            return "(nothing)";
        }
        int colon = detail.indexOf(':');
        return colon < 0 ? detail : detail.substring(0, colon);
    }

    private static void count(Map<String, Map<String, Integer>> counts, String what, String end) {
        counts.computeIfAbsent(what, name -> new TreeMap<>()).merge(end, 1, Integer::sum);
    }
}
