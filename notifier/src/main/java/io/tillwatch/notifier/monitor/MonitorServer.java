package io.tillwatch.notifier.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.notifier.notice.Teller;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Health and metrics over HTTP, for machines of the same network: they say nothing of payments. */
public final class MonitorServer implements AutoCloseable {

    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "monitor");
        thread.setDaemon(true);
        return thread;
    });

    /** @throws IllegalStateException if it cannot listen there */
    public MonitorServer(String host, int port, PrometheusMeterRegistry registry, List<? extends Teller> tellers) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen on monitor.host and monitor.port, " + host + ":" + port + ": give free ones", e);
        }
        server.setExecutor(threads);
        server.createContext("/metrics", exchange -> {
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
        });
        server.createContext(
                "/health/live", exchange -> answer(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
        server.createContext("/health/ready", exchange -> ready(exchange, tellers));
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void ready(HttpExchange exchange, List<? extends Teller> tellers) throws IOException {
        boolean up = tellers.stream().allMatch(teller -> teller.problem().isEmpty());
        // Names and problems are of letters, digits and a few signs: nothing to escape.
        String checks = tellers.stream()
                .map(teller -> teller.problem()
                        .map(what ->
                                "{\"name\":\"" + teller.name() + "\",\"status\":\"DOWN\",\"problem\":\"" + what + "\"}")
                        .orElse("{\"name\":\"" + teller.name() + "\",\"status\":\"UP\"}"))
                .collect(Collectors.joining(","));
        String body = "{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[" + checks + "]}";
        answer(exchange, up ? 200 : 503, "application/json", body);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            out.write(body);
        }
    }
}
