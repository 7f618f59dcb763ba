package io.tillwatch.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PulseMonitorTest {

    private static final long NOW = 1_772_452_800_000L;

    private final AtomicReference<PulseCounts> counts =
            new AtomicReference<>(new PulseCounts(0, 0, 0, 0, OptionalLong.empty()));
    private final HttpClient client = HttpClient.newHttpClient();
    private PulseMonitor monitor;

    @BeforeEach
    void start() throws IOException {
        monitor = PulseMonitor.start(0, counts::get, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void isReadyOnlyWhilePulsesAreTaken() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        counts.set(new PulseCounts(3, 12, 0, 0, OptionalLong.of(NOW - 10_000)));
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        counts.set(new PulseCounts(3, 12, 30, 0, OptionalLong.of(NOW - 10_001)));
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsPrometheusWhatWasWritten() throws Exception {
        assertThat(get("/metrics").body()).doesNotContain("age");

        counts.set(new PulseCounts(3, 12, 2, 1, OptionalLong.of(NOW - 1_500)));
        assertThat(get("/metrics").body().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "tillwatch_pulse_partitions 3",
                        "tillwatch_pulse_written_total 12",
                        "tillwatch_pulse_failed_total 2",
                        "tillwatch_pulse_skipped_total 1",
                        "tillwatch_pulse_age_seconds 1.5");
    }

    @Test
    void takesNothingThatWouldChangeSomething() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(at("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + monitor.port() + path);
    }
}
