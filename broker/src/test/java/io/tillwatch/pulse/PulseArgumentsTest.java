package io.tillwatch.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseArgumentsTest {

    @TempDir
    private Path directory;

    @Test
    void takesTheTopicsTheIntervalAndTheClientSettings() throws IOException {
        Path config = Files.writeString(directory.resolve("client.properties"), "security.protocol=SSL\n");
        PulseArguments arguments = PulseArguments.parse(
                "--bootstrap",
                "kafka:9092",
                "--topics",
                "a, b",
                "--interval-ms",
                "2000",
                "--config",
                config.toString());
        assertThat(arguments.settings().topics()).containsExactly("a", "b");
        assertThat(arguments.settings().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(arguments.settings().deliverWithin()).isEqualTo(Duration.ofSeconds(4));
        assertThat(arguments.clientSettings())
                .containsOnly(Map.entry("bootstrap.servers", "kafka:9092"), Map.entry("security.protocol", "SSL"));
    }

    @Test
    void pulsesTwiceASecondIfNotToldOtherwise() {
        PulseArguments arguments = PulseArguments.parse("--bootstrap", "kafka:9092", "--topics", "a");
        assertThat(arguments.settings().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(arguments.settings().deliverWithin()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> PulseArguments.parse("--topic", "a", "--interval-ms", "1", "--config"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown option --topic")
                .hasMessageContaining("--config has no value")
                .hasMessageContaining("--bootstrap is missing")
                .hasMessageContaining("no topics to pulse");
        assertThatThrownBy(() -> new PulseSettings(
                        List.of("a", "a"), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1)))
                .hasMessageContaining("name one twice")
                .hasMessageContaining("interval 1 ms is out of bounds")
                .hasMessageContaining("refreshEvery 3600000 ms is out of bounds");
    }

    @Test
    void keepsItsPromisesWhateverTheClientSettingsSay() {
        Map<String, Object> producer = PulseWriter.producerSettings(
                PulseSettings.of(List.of("a")), Map.of("delivery.timeout.ms", "120000", "client.id", "mine"));
        assertThat(producer)
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 1000)
                .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "mine");
    }
}
