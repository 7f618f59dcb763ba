package io.tillwatch.responder.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An acquirer over HTTP that does whatever it is told, as often as it is told: it deduplicates nothing, so what is sent twice
 * shows. It answers what it did under a key.
 */
public final class HttpLedger implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private final HttpServer server;

    public HttpLedger() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/payments/", this::inquiry);
        server.createContext("/v1/instructions", this::instruction);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was done, by key. */
    public Map<String, Integer> effects() {
        return Map.copyOf(effects);
    }

    private void inquiry(HttpExchange exchange) throws IOException {
        String payment = exchange.getRequestURI().getPath().substring("/v1/payments/".length());
        String key = exchange.getRequestURI().getQuery().replaceAll(".*key=([^&]*).*", "$1");
        boolean done = effects.containsKey(key);
        ObjectNode body = JSON.createObjectNode().put("paymentId", payment).put("currency", "EUR");
        body.putObject("authorization")
                .put("status", done ? "REVERSED" : "APPROVED")
                .put("amount", 1_000);
        body.put("held", done ? 0 : 1_000)
                .put("netDebit", 0)
                .put("settled", 0)
                .putNull("capture")
                .putNull("effect");
        if (done) {
            body.putObject("effect").put("key", key).put("amount", 1_000).put("reference", "ref");
        }
        answer(exchange, 200, body);
    }

    private void instruction(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        effects.merge(key, 1, Integer::sum);
        answer(
                exchange,
                201,
                JSON.createObjectNode()
                        .put("key", key)
                        .put("action", asked.path("action").asText())
                        .put("amount", asked.path("amount").asLong())
                        .put("reference", "ref"));
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        try (exchange) {
            byte[] bytes = JSON.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
