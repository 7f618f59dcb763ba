package io.tillwatch.responder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An acquirer to measure against: answers docs/acquirer-protocol.md's inquiry and reversal at once, for payments of 1000 EUR
 * cents of which it has never heard before. It counts what it is asked, and what it did twice.
 */
final class BenchAcquirer implements AutoCloseable {

    private static final long AMOUNT = 1_000;
    private static final int THREADS = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> exchangesBySecond = new ConcurrentHashMap<>();

    BenchAcquirer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/payments/", exchange -> answer(exchange, 200, inquiry(exchange.getRequestURI())));
        server.createContext("/v1/instructions", this::instruction);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int effects() {
        return effects.size();
    }

    long effectsMoreThanOnce() {
        return effects.values().stream().filter(count -> count > 1).count();
    }

    int exchangesPerSecondMax() {
        return exchangesBySecond.values().stream()
                .mapToInt(AtomicInteger::get)
                .max()
                .orElse(0);
    }

    private static ObjectNode inquiry(URI uri) {
        String path = uri.getRawPath();
        ObjectNode view = JSON.createObjectNode();
        view.put("paymentId", URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8));
        view.put("currency", "EUR");
        view.putObject("authorization").put("status", "APPROVED").put("amount", AMOUNT);
        view.put("held", AMOUNT).put("netDebit", 0).put("settled", 0);
        view.putNull("capture");
        view.putNull("effect");
        return view;
    }

    private void instruction(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        int count = effects.merge(key, 1, Integer::sum);
        ObjectNode effect = JSON.createObjectNode();
        effect.put("key", key).put("action", asked.path("action").asText());
        effect.put("amount", asked.path("amount").asLong())
                .put("reference", "bench")
                .put("at", 0);
        answer(exchange, count == 1 ? 201 : 200, effect);
    }

    private void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        exchangesBySecond.computeIfAbsent(second, any -> new AtomicInteger()).incrementAndGet();
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
