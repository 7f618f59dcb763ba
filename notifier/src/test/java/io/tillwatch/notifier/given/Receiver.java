package io.tillwatch.notifier.given;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;

/** Somebody's webhook: keeps what it is sent, and answers as a test says. */
public final class Receiver implements AutoCloseable {

    /** Answers nothing until the receiver is closed. */
    public static final int HANGS = -1;

    /** @param headers by their names in small letters */
    public record Received(Map<String, String> headers, String body, int status) {}

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Received> status = any -> 204;

    public Receiver() {
        this(null);
    }

    /** @param tlsOrNull with which it proves itself; null for plain HTTP */
    public Receiver(SSLContext tlsOrNull) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tlsOrNull == null) {
                server = HttpServer.create(here, 0);
            } else {
                HttpsServer secure = HttpsServer.create(here, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tlsOrNull));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = tlsOrNull == null ? "http" : "https";
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /** What it answers from now on, to a request with the status 0. */
    public void answers(ToIntFunction<Received> newStatus) {
        status = newStatus;
    }

    /** All that came, also what was not taken. */
    public List<Received> received() {
        return received;
    }

    /** What it took, in the order in which it did. */
    public List<Received> taken() {
        return received.stream().filter(one -> one.status() == 204).toList();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int said = status.applyAsInt(new Received(headers, body, 0));
            received.add(new Received(headers, body, said));
            if (said == HANGS) {
                closing.await();
                return;
            }
            if (said == 302) {
                exchange.getResponseHeaders().set("Location", url() + "-elsewhere");
            }
            exchange.sendResponseHeaders(said, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
