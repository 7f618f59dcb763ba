package io.tillwatch.responder.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An acquirer over HTTP that puts card numbers into its answers. Where, the payment's id says: its end is the name of
 * a {@link Plant}, after a prefix. All else in an answer is right.
 */
public final class PlantingHttpAcquirer implements AutoCloseable {

    /** Where the number stands. */
    public enum Plant {
        /** The reference of an answer that says DONE. */
        REFERENCE,
        /** The reference of an effect, in an inquiry's answer. */
        EFFECT_REFERENCE,
        EFFECT_AMOUNT,
        /** The code of a decline. */
        DECLINE,
        /** The code of a 404. */
        NOT_FOUND,
        CURRENCY,
        STATUS,
        AMOUNT,
        PAYMENT,
        KEY,
        /** Fields that nobody knows, in every answer. */
        UNKNOWN_FIELDS,
        /** A body that is no JSON. */
        GARBAGE,
        /** A 500 with the number in its body. */
        ERROR,
        /** Headers: a redirect, a cookie, one of its own. */
        HEADERS
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private final String number;

    public PlantingHttpAcquirer(String number) {
        this.number = number;
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

    public int port() {
        return server.getAddress().getPort();
    }

    private void inquiry(HttpExchange exchange) throws IOException {
        String payment = exchange.getRequestURI().getPath().substring("/v1/payments/".length());
        Plant plant = plant(payment);
        ObjectNode body = JSON.createObjectNode().put("paymentId", payment).put("currency", "EUR");
        body.putObject("authorization").put("status", "APPROVED").put("amount", 1_000);
        body.put("held", 1_000)
                .put("netDebit", 0)
                .put("settled", 0)
                .putNull("capture")
                .putNull("effect");
        int status = 200;
        switch (plant) {
            case EFFECT_REFERENCE, EFFECT_AMOUNT -> {
                String query = exchange.getRequestURI().getQuery();
                ObjectNode effect = body.putObject("effect").put("key", query.replaceAll(".*key=([^&]*).*", "$1"));
                if (plant == Plant.EFFECT_AMOUNT) {
                    effect.put("amount", Long.parseLong(number.replace("-", "")));
                } else {
                    effect.put("amount", 1_000).put("reference", number);
                }
            }
            case CURRENCY -> body.put("currency", number);
            case STATUS -> body.putObject("authorization").put("status", number).put("amount", 1_000);
            case AMOUNT -> body.put("held", Long.parseLong(number.replace("-", "")));
            case PAYMENT -> body.put("paymentId", number);
            case UNKNOWN_FIELDS ->
                body.put("pan", number).put(number, number).putArray("more").add(number);
            case NOT_FOUND -> {
                status = 404;
                body.removeAll().put("code", number).put("paymentId", payment);
            }
            case REFERENCE, DECLINE, KEY, GARBAGE, ERROR, HEADERS -> {
                // In the answer to the instruction.
            }
        }
        answer(exchange, status, body.toString());
    }

    private void instruction(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Plant plant =
                plant(JSON.readTree(exchange.getRequestBody()).path("paymentId").asText());
        ObjectNode body = JSON.createObjectNode()
                .put("key", plant == Plant.KEY ? number : key)
                .put("action", "REVERSE")
                .put("amount", 1_000)
                .put("reference", plant == Plant.REFERENCE ? number : "ref");
        switch (plant) {
            case DECLINE ->
                answer(
                        exchange,
                        422,
                        body.put("code", number).put("detail", number).toString());
            case GARBAGE -> answer(exchange, 201, "card " + number + " is done");
            case ERROR -> answer(exchange, 500, "card " + number + " makes trouble");
            case HEADERS -> {
                exchange.getResponseHeaders().set("Location", "/v1/cards/" + number);
                exchange.getResponseHeaders().set("Set-Cookie", "card=" + number);
                exchange.getResponseHeaders().set("X-Card", number);
                answer(exchange, 307, "");
            }
            case UNKNOWN_FIELDS ->
                answer(
                        exchange,
                        201,
                        body.put("pan", number).put(number, number).toString());
            case REFERENCE, EFFECT_REFERENCE, EFFECT_AMOUNT, NOT_FOUND, CURRENCY, STATUS, AMOUNT, PAYMENT, KEY ->
                answer(exchange, 201, body.toString());
        }
    }

    private static Plant plant(String payment) {
        return Plant.valueOf(payment.substring(payment.indexOf('-') + 1));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
