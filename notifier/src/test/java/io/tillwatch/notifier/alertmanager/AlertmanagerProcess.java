package io.tillwatch.notifier.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.notifier.given.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real one, of Debian's package. */
final class AlertmanagerProcess implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Process process;

    /** @param receiver a webhook that it tells of its groups */
    AlertmanagerProcess(Path directory, URI receiver) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = URI.create("http://127.0.0.1:" + port);
        Path config = directory.resolve("alertmanager.yml");
        Files.writeString(config, """
                route:
                  receiver: test
                  group_by: [alertname, merchant]
                  group_wait: 100ms
                  group_interval: 200ms
                  repeat_interval: 1h
                receivers:
                  - name: test
                    webhook_configs:
                      - url: %s
                        send_resolved: true
                """.formatted(receiver));
        process = new ProcessBuilder(List.of(
                        PROGRAM.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address="))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        Await.until("Alertmanager is ready", this::isReady);
    }

    URI url() {
        return url;
    }

    /** What it says now. */
    JsonNode alerts() throws IOException {
        return new ObjectMapper().readTree(get("/api/v2/alerts").body());
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Alertmanager has ended with " + process.exitValue());
        }
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
