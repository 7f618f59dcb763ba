package io.tillwatch.traffic.acquirer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.record.Action;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks to the simulator's own side, as docs/acquirer-protocol.md says. A request that fails is tried again for a while:
 * told twice, an event changes nothing, since it carries its identity.
 */
public final class HttpAcquirerSide implements AcquirerSide {

    private static final int ATTEMPTS_MAX = 20;
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration LEDGER_WITHIN = Duration.ofSeconds(60);
    private static final int EFFECTS_AT_ONCE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @param base where the simulator is, such as {@code http://127.0.0.1:8090} */
    public HttpAcquirerSide(URI base) {
        this.base = base;
    }

    @Override
    public void tell(List<Told> events) {
        if (events.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (Told told : events) {
            lines.append(line(told)).append('\n');
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/sim/events"))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                .build();
        send(request);
    }

    @Override
    public List<Effect> effectsAfter(long after) {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("/sim/effects?after=" + after + "&limit=" + EFFECTS_AT_ONCE))
                .timeout(ANSWER_WITHIN)
                .build();
        List<Effect> effects = new ArrayList<>();
        for (String line : send(request).split("\n")) {
            if (!line.isBlank()) {
                effects.add(effect(line));
            }
        }
        return effects;
    }

    /** The acquirer's books, a payment a line. */
    public List<String> ledger() {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/sim/ledger"))
                .timeout(LEDGER_WITHIN)
                .build();
        return send(request).lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * Says how often which fault strikes.
     *
     * @param json as docs/acquirer-protocol.md says
     */
    public void strike(String json) {
        send(HttpRequest.newBuilder(base.resolve("/sim/faults"))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private String send(HttpRequest request) {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
                if (answer.statusCode() < 500) {
                    throw new AcquirerUnreachableException(
                            request.uri() + " answers " + answer.statusCode() + ": " + answer.body(), null);
                }
                last = new IOException(request.uri() + " answers " + answer.statusCode());
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AcquirerUnreachableException("interrupted while " + request.uri() + " was asked", e);
            }
            pause();
        }
        throw new AcquirerUnreachableException(
                "the acquirer simulator cannot be reached at " + base + ": look whether it runs", last);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(Told told) {
        AcquirerEvent e = told.event();
        ObjectNode line = JSON.createObjectNode();
        line.put("event", e.kind().name());
        line.put("eventId", e.eventId());
        line.put("acquirerId", e.acquirerId());
        line.put("paymentId", e.paymentId());
        line.put("merchantId", e.merchantId());
        putIfKnown(line, "terminalId", e.terminalId());
        putIfKnown(line, "stan", e.stan());
        putIfKnown(line, "rrn", e.rrn());
        putIfKnown(line, "authCode", e.authCode());
        putIfKnown(line, "captureId", e.captureId());
        line.put("amount", e.amount());
        line.put("currency", e.currency());
        if (e.ofAuthorization()) {
            line.put("kind", e.authorizationKind());
            line.put("automatic", e.automatic());
        }
        if (e.kind() == AcquirerEvent.Kind.CAPTURED) {
            line.put("last", e.last());
        }
        line.put("at", told.at().toEpochMilli());
        return line.toString();
    }

    private static void putIfKnown(ObjectNode line, String name, String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private static Effect effect(String line) {
        try {
            JsonNode e = JSON.readTree(line);
            return new Effect(
                    e.required("seq").longValue(),
                    e.required("acquirerId").textValue(),
                    e.required("paymentId").textValue(),
                    e.path("captureId").textValue(),
                    e.required("key").textValue(),
                    Action.valueOf(e.required("action").textValue()),
                    e.required("amount").longValue(),
                    e.required("currency").textValue());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new AcquirerUnreachableException("the acquirer simulator tells of an effect that cannot be read", e);
        }
    }
}
