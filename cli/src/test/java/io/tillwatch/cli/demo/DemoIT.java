package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.prometheus.Dashboards;
import io.tillwatch.cli.prometheus.DocumentedMetrics;
import io.tillwatch.cli.prometheus.PrometheusProcess;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.OutcomeResult;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        Optional<PrometheusProcess> prometheus = PrometheusProcess.start(
                directory.resolve("prometheus"),
                Map.of(
                        "tillwatch-jobs", ports.metrics(),
                        "tillwatch-responder", ports.responder(),
                        "tillwatch-console", ports.console()));
        Visitor visitor = new Visitor(ports);
        ExportedMetrics exported = new ExportedMetrics(ports, token -> {
            prometheus.ifPresent(one -> one.token(token));
            visitor.signIn(token);
        });
        Screen screen = new Screen(exported.listeningTo(System.out), false);
        DemoRun run = new DemoRun(Home.find(), directory, ports, options, true, screen);

        DemoReport report;
        try (exported) {
            exported.start();
            report = run.run();
            if (prometheus.isPresent()) {
                everyPanelHasSomethingToShow(prometheus.get());
            }
        } finally {
            prometheus.ifPresent(PrometheusProcess::close);
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
        assertThat(exported.names())
                .as("what the dashboards name, of what is in every run")
                .containsAll(shown().flatMap(query -> query.metrics().stream()).collect(Collectors.toSet()));

        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.required("missed").asInt()).isZero();
        assertThat(json.required("faultsInjected").required("BUDGET_EXCEEDED").asInt())
                .isEqualTo(1);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** The queries of which something is to be seen in every run: a demo has no notifier, and some metrics are not always there. */
    private static Stream<Dashboards.Query> shown() {
        Set<String> notAlways = new TreeSet<>(DocumentedMetrics.all());
        notAlways.removeAll(DocumentedMetrics.inEveryRun());
        return Dashboards.queries().stream()
                .filter(query -> query.metrics().stream()
                        .noneMatch(name -> notAlways.contains(name) || name.startsWith("tillwatch_notifier_")));
    }

    private static void everyPanelHasSomethingToShow(PrometheusProcess prometheus) throws Exception {
        for (Dashboards.Query query : shown().toList()) {
            Optional<Set<String>> labels = prometheus.labelsOf(query.asked("10s"));
            assertThat(labels).as(query.toString()).isPresent();
            assertThat(labels.get()).as("labels in " + query).containsAll(query.labels());
        }
    }
}
