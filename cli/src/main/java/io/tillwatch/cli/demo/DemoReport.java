package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.traffic.truth.Finding;
import io.tillwatch.traffic.truth.Verdict;
import java.util.List;
import java.util.Map;

/**
 * How a run of the demo ended.
 *
 * @param complete whether the clock got past the last deadline; otherwise nothing is said of what was missed
 * @param moreThanOnce how many effects at the acquirer are too many
 */
record DemoReport(long seed, Verdict verdict, DemoState.Moment moment, long moreThanOnce, boolean complete) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FINDINGS_MAX = 50;

    boolean good() {
        return complete && verdict.good() && moreThanOnce == 0;
    }

    /** One line. */
    String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("seed", seed);
        json.put("payments", verdict.payments());
        json.put("records", moment.records());
        put(json.putObject("faults"), verdict.faults());
        put(json.putObject("faultsInjected"), verdict.injected());
        put(json.putObject("alertsRaised"), verdict.raised());
        put(json.putObject("deadLetters"), verdict.deadLetters());
        json.put("matched", verdict.matched());
        json.put("missed", verdict.missed().size());
        json.put("spurious", verdict.spurious().size());
        json.put("unjudged", verdict.unjudged());
        json.put("commands", moment.automatic() + moment.forPeople());
        json.put("commandsForPeople", moment.forPeople());
        put(json.putObject("outcomes"), moment.results());
        put(json.putObject("atRisk"), moment.atRisk());
        put(json.putObject("recovered"), moment.recovered());
        json.put("acquirerEffectsMoreThanOnce", moreThanOnce);
        json.put("complete", complete);
        findings(json, "missedFindings", verdict.missed());
        findings(json, "spuriousFindings", verdict.spurious());
        return json.toString();
    }

    private static void findings(ObjectNode json, String name, List<Finding> findings) {
        if (!findings.isEmpty()) {
            var array = json.putArray(name);
            findings.stream().limit(FINDINGS_MAX).forEach(finding -> array.add(finding.toString()));
        }
    }

    private static void put(ObjectNode json, Map<?, Long> numbers) {
        numbers.forEach((name, number) -> json.put(name.toString(), number));
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(String.format(
                "payments %,d; matched %,d, missed %,d, without cause %,d, not judged %,d; effects more than once %,d",
                verdict.payments(),
                verdict.matched(),
                verdict.missed().size(),
                verdict.spurious().size(),
                verdict.unjudged(),
                moreThanOnce));
        verdict.missed().stream().limit(FINDINGS_MAX).forEach(finding -> lines.add("missed: " + finding));
        verdict.spurious().stream().limit(FINDINGS_MAX).forEach(finding -> lines.add("without cause: " + finding));
        if (!complete) {
            lines.add("the detectors' clock did not get past the last deadline in time");
        }
        return lines;
    }
}
