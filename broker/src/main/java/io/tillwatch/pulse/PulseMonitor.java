package io.tillwatch.pulse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Health and metrics of a pulse writer over HTTP, for machines of the same network: they say nothing of payments.
 *
 * <p>{@code /health/live} says that the process answers. {@code /health/ready} says whether a pulse was taken just now;
 * to start it again because Kafka is away would help nobody. {@code /metrics} is Prometheus' text.
 */
public final class PulseMonitor implements AutoCloseable {

    /** Some rounds: one that is lost is nothing, and detectors wait a minute before they call it trouble. */
    private static final Duration NEW_WITHIN = Duration.ofSeconds(10);

    private static final int THREADS = 2;

    private final HttpServer server;
    private final Supplier<PulseCounts> counts;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "pulse-monitor");
        thread.setDaemon(true);
        return thread;
    });

    private PulseMonitor(HttpServer server, Supplier<PulseCounts> counts, Clock clock) {
        this.server = server;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Listens on all addresses.
     *
     * @param port 0 for any free one
     * @param counts of the writer
     * @param clock the one that the writer has
     * @throws IOException if it cannot listen there
     */
    public static PulseMonitor start(int port, Supplier<PulseCounts> counts, Clock clock) throws IOException {
        PulseMonitor monitor = new PulseMonitor(HttpServer.create(new InetSocketAddress(port), 0), counts, clock);
        monitor.server.setExecutor(monitor.threads);
        monitor.server.createContext("/health/live", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        monitor.server.createContext("/health/ready", monitor::ready);
        monitor.server.createContext("/metrics", monitor::metrics);
        monitor.server.start();
        return monitor;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void ready(HttpExchange exchange) throws IOException {
        OptionalLong age = ageMillis(counts.get());
        boolean up = age.isPresent() && age.getAsLong() <= NEW_WITHIN.toMillis();
        answer(exchange, up ? 200 : 503, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        PulseCounts now = counts.get();
        StringBuilder text = new StringBuilder();
        sample(text, "tillwatch_pulse_partitions", "gauge", now.partitions());
        sample(text, "tillwatch_pulse_written_total", "counter", now.written());
        sample(text, "tillwatch_pulse_failed_total", "counter", now.failed());
        sample(text, "tillwatch_pulse_skipped_total", "counter", now.skipped());
        ageMillis(now).ifPresent(age -> sample(text, "tillwatch_pulse_age_seconds", "gauge", age / 1000.0));
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        answer(exchange, 200, text.toString());
    }

    private static void sample(StringBuilder text, String name, String type, Number value) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }

    private OptionalLong ageMillis(PulseCounts now) {
        return now.lastWrittenMillis().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Math.max(0, clock.millis() - now.lastWrittenMillis().getAsLong()));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
            exchange.sendResponseHeaders(status, body.length);
            out.write(body);
        }
    }
}
