package io.tillwatch.cli.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus that reads parts of Tillwatch every second, and is asked afterwards what it has seen. */
public final class PrometheusProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path token;
    private final int port;
    private final Instant begun = Instant.now();
    private final Process process;

    private PrometheusProcess(Path program, Path directory, Map<String, Integer> ports) throws IOException {
        this.token = Files.writeString(directory.resolve("token"), "not-known-yet");
        this.port = freePort();
        String jobs = ports.entrySet().stream()
                .map(job -> """
                          - job_name: %s
                            authorization: {credentials_file: token}
                            static_configs: [{targets: ["127.0.0.1:%d"]}]
                        """.formatted(job.getKey(), job.getValue()))
                .collect(Collectors.joining());
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                "global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n" + jobs);
        this.process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    /**
     * Starts one, if it is installed here.
     *
     * @param ports where to read {@code /metrics}, by the name of the job
     */
    public static Optional<PrometheusProcess> start(Path directory, Map<String, Integer> ports) throws IOException {
        Optional<Path> program = Installed.path("prometheus");
        if (program.isEmpty()) {
            System.out.println("Prometheus is not installed: what the dashboards show is not looked at");
            return Optional.empty();
        }
        return Optional.of(new PrometheusProcess(program.get(), Files.createDirectories(directory), ports));
    }

    /** With which it reads from now on. */
    public void token(String text) {
        try {
            Path written = Files.writeString(token.resolveSibling("token.new"), text);
            Files.move(written, token, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The labels of the series that an expression had at any time since the start; empty if it had none with a number.
     *
     * @throws AssertionError if Prometheus does not take the expression
     */
    public Optional<Set<String>> labelsOf(String expression) throws IOException, InterruptedException {
        Instant now = Instant.now();
        String query = "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&start="
                + begun.getEpochSecond() + "&end=" + now.getEpochSecond() + "&step=2";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query_range?" + query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(expression + ": " + answer.body());
        }
        Set<String> labels = null;
        for (JsonNode series : new ObjectMapper().readTree(answer.body()).at("/data/result")) {
            if (holdsANumber(series)) {
                labels = labels == null ? new TreeSet<>() : labels;
                series.path("metric").fieldNames().forEachRemaining(labels::add);
            }
        }
        return Optional.ofNullable(labels);
    }

    private static boolean holdsANumber(JsonNode series) {
        for (JsonNode value : series.path("values")) {
            if (!value.path(1).asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
