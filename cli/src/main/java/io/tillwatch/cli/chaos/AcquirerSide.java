package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The simulator's own side (docs/acquirer-protocol.md): what it is told, and its books. Each call is made until it succeeds,
 * for the simulator dies now and then. For any number of threads.
 */
final class AcquirerSide {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
    private static final long AGAIN_NANOS = Duration.ofMillis(200).toNanos();
    private static final int OK = 200;
    private static final int EFFECTS_AT_ONCE = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(WITHIN)
            .build();
    private final URI base;

    AcquirerSide(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** Tells what happened. */
    void happened(List<BankEvent> events) throws InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (BankEvent event : events) {
            lines.append(json(event)).append('\n');
        }
        call(request("/sim/events").POST(HttpRequest.BodyPublishers.ofString(lines.toString())));
    }

    /** Sets how often each fault strikes, in shares of 1, by acquirerId. */
    void faults(long seed, Map<String, Map<String, Object>> perAcquirer) throws InterruptedException {
        String body = json(Map.of("seed", seed, "perAcquirer", perAcquirer));
        call(request("/sim/faults").PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** All effects of instructions so far, oldest first. */
    List<Effect> effects() throws InterruptedException {
        List<Effect> effects = new ArrayList<>();
        long after = 0;
        List<Effect> page;
        do {
            page = lines(call(request("/sim/effects?after=" + after + "&limit=" + EFFECTS_AT_ONCE)
                            .GET()))
                    .map(Effect::of)
                    .toList();
            effects.addAll(page);
            after = page.isEmpty() ? after : page.get(page.size() - 1).seq();
        } while (!page.isEmpty());
        return effects;
    }

    /** The books, a payment each. */
    List<JsonNode> ledger() throws InterruptedException {
        return lines(call(request("/sim/ledger").GET())).toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(WITHIN);
    }

    private String call(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest built = request.build();
        long start = System.nanoTime();
        String last = "nothing";
        while (System.nanoTime() - start < GIVE_UP_AFTER.toNanos()) {
            try {
                HttpResponse<String> answer = client.send(built, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == OK) {
                    return answer.body();
                }
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() / 100 == 4) {
                    break;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
        throw new IllegalStateException(built.uri() + " of the acquirer simulator gives: " + last);
    }

    private static Stream<JsonNode> lines(String body) {
        return body.lines().filter(line -> !line.isBlank()).map(AcquirerSide::tree);
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("the acquirer simulator writes a line that is no JSON", e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
