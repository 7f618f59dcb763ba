package io.tillwatch.cli.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Looks whether a part that runs does its work. */
interface Probe {

    Duration PATIENCE = Duration.ofSeconds(2);

    /** Kafka's client is slow to start where processors are few. */
    Duration KAFKA_PATIENCE = Duration.ofSeconds(8);

    /** What is wrong; nothing when it is ready. */
    Optional<String> problem() throws InterruptedException;

    /** Of a part that is ready as soon as it runs. */
    static Probe none() {
        return Optional::empty;
    }

    /** Of a part that listens when it is ready. */
    static Probe listens(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of("does not listen on port " + port);
            }
        };
    }

    /** Of a part that answers 200 to a question for its health. */
    static Probe answers(HttpClient http, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return () -> {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                return status == 200 ? Optional.empty() : Optional.of(uri + " answers " + status);
            } catch (IOException e) {
                return Optional.of(uri + " does not answer");
            }
        };
    }

    static Probe kafka(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", (int) KAFKA_PATIENCE.toMillis(),
                "default.api.timeout.ms", (int) KAFKA_PATIENCE.toMillis());
        Probe listens = listens(Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1)));
        return () -> {
            // Asked only when something listens: the client would complain until then.
            Optional<String> deaf = listens.problem();
            if (deaf.isPresent()) {
                return deaf;
            }
            try (Admin admin = Admin.create(settings)) {
                return admin.describeCluster().nodes().get().isEmpty()
                        ? Optional.of("has no node yet")
                        : Optional.empty();
            } catch (ExecutionException e) {
                return Optional.of("does not answer: " + e.getCause().getMessage());
            }
        };
    }
}
