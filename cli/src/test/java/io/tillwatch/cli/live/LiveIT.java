package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.prometheus.AlertRules;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jobs in a process of their own against a real broker, killed in the middle. */
class LiveIT {

    private static final byte[] POISON = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1};

    @TempDir
    private Path directory;

    /** What was raised before the kill, or is in the topics unread, ends as it should. */
    @Test
    void endsInTheSameAlertsAndCommandsThoughKilledInTheMiddle() throws Exception {
        int webPort = freePort();
        int metricsPort = freePort();
        LocalSystem system =
                LocalSystem.start(new LocalSystem.Plan(directory, 3, 2, false, "PT1S", 1536, webPort, metricsPort));
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        try (system;
                producer) {
            producer.write(Lives.policy(), (metadata, error) -> {});
            producer.flush();
            system.startJobs();
            Traffic traffic = new Traffic(producer, new Lives(7, "it"), 7, 0.5);
            poison(system.bootstrapServers());
            Thread writer = new Thread(() -> traffic.run(15, Duration.ofSeconds(25)));
            writer.start();
            Observed observed = new Observed(system);
            observed.awaitAlerts(20);
            assertThat(AlertRules.metricsNamed("flink_"))
                    .as("what the rules for Prometheus go by")
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(metrics(metricsPort)).contains(name));
            assertThat(answer(webPort, "/overview").statusCode()).isEqualTo(200);
            assertThat(answer(webPort, "/jars").statusCode())
                    .as("Flink takes no programs from whoever asks")
                    .isEqualTo(404);
            assertThat(otherAddressesThatAnswer(webPort))
                    .as("Flink's page is for this machine alone")
                    .isEmpty();
            system.killJobs();
            system.startJobs();
            writer.join();
            assertThat(traffic.failed()).isZero();

            observed.awaitExpected();
            assertThat(deadLetters(system))
                    .containsOnly("poisoned authorizations UNREADABLE", "poisoned captures UNREADABLE");
            assertThat(traffic.truth().values()).contains(Fault.values());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String metrics(int port) throws Exception {
        return answer(port, "/metrics").body();
    }

    private static HttpResponse<String> answer(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The addresses of this machine but the loopback ones at which something listens on this port. */
    private static List<InetAddress> otherAddressesThatAnswer(int port) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && connects(address, port))
                .toList();
    }

    private static boolean connects(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void poison(String bootstrapServers) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        try (producer) {
            for (Topic topic : List.of(Topic.AUTHORIZATIONS, Topic.CAPTURES)) {
                producer.send(new ProducerRecord<>(
                                topic.name(Topic.DEFAULT_PREFIX), "poisoned".getBytes(StandardCharsets.UTF_8), POISON))
                        .get();
            }
        }
    }

    private static Set<String> deadLetters(LocalSystem system) {
        return TopicReader.all(system.bootstrapServers(), Topic.DEAD_LETTERS).stream()
                .map(letter -> text(letter.key()) + " " + header(letter, "feed") + " " + header(letter, "error"))
                .collect(Collectors.toSet());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
