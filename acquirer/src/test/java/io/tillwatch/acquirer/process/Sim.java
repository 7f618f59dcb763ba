package io.tillwatch.acquirer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A simulator process and an HTTP client for it. */
final class Sim implements AutoCloseable {

    static final String ACQUIRER = "acq-1";

    /** Longer than an answer takes on a busy machine, shorter than a test's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final AcquirerProcess process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Sim(Path directory, String... arguments) {
        this.process = new AcquirerProcess(directory, null, List.of(arguments));
        process.start();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(process.httpUrl() + path))
                .timeout(PATIENCE)
                .header("X-Acquirer-Id", ACQUIRER);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    HttpResponse<String> get(String path) {
        try {
            return send(request(path).GET().build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void happened(String... lines) {
        must(request("/sim/events").POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines))));
    }

    void faults(String rates) {
        String body = "{\"seed\":1,\"perAcquirer\":{\"*\":" + rates + "}}";
        must(request("/sim/faults").PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void must(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = send(request.build());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sale(String paymentId, long amount) {
        return "{\"event\":\"AUTHORIZED\",\"acquirerId\":\"acq-1\",\"paymentId\":\"" + paymentId
                + "\",\"merchantId\":\"m-1\",\"stan\":\"000001\",\"rrn\":\"000000000001\",\"amount\":" + amount
                + ",\"currency\":\"EUR\",\"kind\":\"SALE\",\"automatic\":false,\"at\":1}";
    }

    static String reversal(String paymentId, long amount, int attempt) {
        return "{\"action\":\"REVERSE\",\"paymentId\":\"" + paymentId + "\",\"amount\":" + amount
                + ",\"currency\":\"EUR\",\"attempt\":" + attempt + "}";
    }

    HttpRequest instruction(String key, String body, Duration timeout) {
        return request("/v1/instructions")
                .timeout(timeout)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> instruct(String key, String body) throws IOException {
        return send(instruction(key, body, PATIENCE));
    }

    /** The keys of all effects, oldest first. */
    List<String> effectKeys() {
        return get("/sim/effects?limit=10000")
                .body()
                .lines()
                .map(line -> line.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
