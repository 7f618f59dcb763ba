package io.tillwatch.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"check rules tillwatch.rules.yml", "test rules tillwatch.test.yml"})
    void areRightAsPrometheusSaysItself(String arguments) throws Exception {
        Promtool.succeeds(AlertRules.DIRECTORY, arguments.split(" "));
    }

    @Test
    void haveEachItsTestAndItsPageOfWhatToDo() throws IOException {
        assertThat(AlertRules.alerts()).hasSizeGreaterThan(10);
        String tests = Files.readString(AlertRules.DIRECTORY.resolve("tillwatch.test.yml"));
        String runbook = Files.readString(AlertRules.DIRECTORY.resolve("../../docs/runbook.md"));
        assertThat(AlertRules.alerts())
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert))
                .allSatisfy(alert -> assertThat(runbook).contains("## " + alert));
        assertThat(AlertRules.metricsNamed("(?:flink|tillwatch)_")).isSubsetOf(DocumentedMetrics.everywhere());
    }
}
