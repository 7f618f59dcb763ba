package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.process.Home;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.OutcomeResult;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole system, short: real Kafka, PostgreSQL, Flink, acquirer and responder, under everything that can go wrong. */
class DemoIT {

    /** That a command is late or in vain depends on chance; the rest must occur. */
    private static final Set<AlertType> BY_CHANCE = EnumSet.of(AlertType.REMEDY_FAILED);

    @TempDir
    private Path directory;

    @Test
    void findsAllThatWasDoneAndNothingElseAndNoInstructionTakesEffectTwice() throws Exception {
        long seed = Long.getLong("tillwatch.seed", 1);
        TrafficOptions options = new TrafficOptions();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
        line.addMixin("traffic", options);
        CommandLine.ParseResult unused =
                line.parseArgs("--seconds", "30", "--rate", "20", "--seed", Long.toString(seed));
        DemoPorts ports = DemoPorts.anyFree().withMetrics();
        ExportedMetrics exported = new ExportedMetrics(ports);
        Screen screen = new Screen(exported.listeningTo(System.out), false);
        DemoRun run = new DemoRun(Home.find(), directory, ports, options, true, screen);

        DemoReport report;
        try (exported) {
            exported.start();
            report = run.run();
        }

        assertThat(report.verdict().missed()).as("seed " + seed).isEmpty();
        assertThat(report.verdict().spurious()).as("seed " + seed).isEmpty();
        assertThat(report.moreThanOnce()).as("seed " + seed).isZero();
        assertThat(report.complete()).as("seed " + seed).isTrue();
        Set<AlertType> occurred = EnumSet.copyOf(report.verdict().raised().keySet());
        occurred.addAll(BY_CHANCE);
        assertThat(occurred).as("seed " + seed).containsExactlyInAnyOrder(AlertType.values());
        assertThat(report.moment().results()).as("seed " + seed).containsKey(OutcomeResult.DONE);

        assertThat(exported.names()).as("what docs/metrics.md names").containsAll(DocumentedMetrics.inEveryRun());
        assertThat(DocumentedMetrics.all())
                .as("docs/metrics.md, of what has tillwatch in its name")
                .containsAll(exported.ownNames());

        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.required("missed").asInt()).isZero();
        assertThat(json.required("faultsInjected").required("BUDGET_EXCEEDED").asInt())
                .isEqualTo(1);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
