package io.tillwatch.cli.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short load with everything real, and a small batch in its middle. */
class LatencyIT {

    @Test
    void tellsEveryAlertBeforeDuringAndAfterABatch() throws Exception {
        Measured measured = new LatencyRun(new Load(false, 300, 2, 6, 2_000, 5)).measure();

        assertThat(measured.missed()).isZero();
        assertThat(measured.sentPerSecond()).isPositive();
        assertThat(measured.batchSeconds()).isPositive();
        assertThat(measured.windows()).extracting(Measured.Window::name).hasSize(3);
        JsonNode json = new ObjectMapper().readTree(LatencyReport.json(List.of(measured)));
        assertThat(json.at("/latency/0/windows")).hasSize(3);
        assertThat(LatencyReport.table(List.of(measured))).contains("settlements at once were taken after");
    }
}
