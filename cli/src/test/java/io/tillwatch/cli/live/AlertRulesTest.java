package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"check rules tillwatch.rules.yml", "test rules tillwatch.test.yml"})
    void areRightAsPrometheusSaysItself(String arguments) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "promtool"))),
                "promtool is not installed: the rules for Prometheus are not tested");
        Process promtool = new ProcessBuilder(("promtool " + arguments).split(" "))
                .directory(AlertRules.DIRECTORY.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(told).isZero();
        assertThat(told).contains("SUCCESS");
    }

    @Test
    void haveEachItsTestAndItsPageOfWhatToDo() throws IOException {
        assertThat(AlertRules.alerts()).hasSizeGreaterThan(10);
        String tests = Files.readString(AlertRules.DIRECTORY.resolve("tillwatch.test.yml"));
        String runbook = Files.readString(AlertRules.DIRECTORY.resolve("../../docs/runbook.md"));
        String metrics = Files.readString(AlertRules.DIRECTORY.resolve("../../docs/metrics.md"));
        assertThat(AlertRules.alerts())
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert))
                .allSatisfy(alert -> assertThat(runbook).contains("## " + alert));
        assertThat(AlertRules.metricsNamed("(?:flink|tillwatch)_"))
                .allSatisfy(metric -> assertThat(metrics).contains("`" + metric + "`"));
    }
}
