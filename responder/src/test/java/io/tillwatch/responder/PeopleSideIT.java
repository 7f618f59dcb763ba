package io.tillwatch.responder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.api.NewToken;
import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.people.Ref;
import io.tillwatch.responder.people.Samples;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A responder that is configured to be reached by people: TLS, real Kafka, real PostgreSQL. */
class PeopleSideIT {

    private static final String PASSWORD = "keystore-password";
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private HttpClient client;
    private String url;
    private String token;

    @Test
    void showsAlertsAndOpensCasesAndSaysWhenKafkaIsAway(@TempDir Path directory) throws Exception {
        Path keystore = keystore(directory);
        client = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
        try (KafkaBroker broker = new KafkaBroker(
                        BrokerSettings.in(directory.resolve("kafka")).withQuickStart());
                PostgresServer postgres = new PostgresServer(PostgresSettings.in(directory.resolve("postgres")))) {
            broker.start();
            postgres.start();
            topics(broker);
            ResponderSettings settings = settings(directory, broker, postgres, keystore);
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (Responder responder = new Responder(settings, registry, Failpoints.inert());
                    PeopleSide people = new PeopleSide(
                            responder, settings.kafka(), settings.api().orElseThrow(), settings.people(), registry)) {
                people.start();
                responder.start();
                url = people.url();
                assertThat(url).startsWith("https://");
                await("/health/ready", json -> json.path("status").asText().equals("UP"));

                Command command = Samples.required("p-1", 12_500).build();
                send(broker, command);
                String path = "/api/v1/commands/" + Ref.of(command.getCommandId());
                await(
                        path,
                        json -> json.at("/alert/stands").asBoolean()
                                && json.at("/held/reason").asText().equals("APPROVAL")
                                && json.at("/command/caseId").asLong() > 0);
                cleared(broker);
                await(
                        path,
                        json -> json.at("/alert/revision").asInt() == 2
                                && !json.at("/alert/stands").asBoolean());
                String metrics = get("/metrics").body();
                assertThat(metrics)
                        .contains("tillwatch_acquirer_open{acquirer=\"*\"} 0.0")
                        .contains("tillwatch_cases_open{rung=\"MERCHANT\"} 1.0")
                        .contains("tillwatch_alerts_unreadable 1.0");

                broker.kill();
                JsonNode down = await(
                        "/health/ready", json -> json.path("status").asText().equals("DOWN"));
                assertThat(down.at("/checks/0/status").asText()).isEqualTo("UP");
                assertThat(down.at("/checks/1/name").asText()).isEqualTo("kafka");
                assertThat(down.at("/checks/1/problem").asText()).contains("does not answer");
                assertThat(get("/health/live").statusCode()).isEqualTo(200);
                broker.start();
                await("/health/ready", json -> json.path("status").asText().equals("UP"));
            }
        }
    }

    private static void topics(KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = List.of(Topic.values()).stream()
                    .map(topic -> new NewTopic(topic.name(Topic.DEFAULT_PREFIX), 1, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private ResponderSettings settings(Path directory, KafkaBroker broker, PostgresServer postgres, Path keystore)
            throws Exception {
        NewToken made = NewToken.make(new SecureRandom());
        token = made.token();
        Path file = Files.writeString(directory.resolve("responder.yaml"), """
                kafka: {bootstrap: "%s"}
                database: {url: "%s"}
                acquirers: {"*": {adapter: http, endpoint: "http://127.0.0.1:1", timeout: PT1S}}
                api:
                  port: 0
                  tls: {keystore: "%s", passwordVariable: PASSWORD}
                  tokens: [{person: vera, roles: [VIEWER], sha256: %s}]
                people: {ladder: {merchant: P1D}}
                """.formatted(
                        broker.bootstrapServers(), postgres.jdbcUrl(), keystore, made.sha256()));
        ResponderSettings.Result result = ResponderSettings.read(file, Map.of("PASSWORD", PASSWORD), "one");
        assertThat(result).isInstanceOf(ResponderSettings.Result.Good.class);
        return ((ResponderSettings.Result.Good) result).settings();
    }

    private static void send(KafkaBroker broker, Command command) throws Exception {
        write(
                broker,
                new ProducerRecord<>(
                        Topic.REVERSAL_COMMANDS.name(Topic.DEFAULT_PREFIX),
                        bytes("p-1"),
                        new SingleObject().writer(RecordType.COMMAND).write(command)),
                new ProducerRecord<>(Topic.ALERTS.name(Topic.DEFAULT_PREFIX), bytes("x"), bytes("this is no alert")),
                record(Samples.alert("p-1", 1).build()));
    }

    private static void cleared(KafkaBroker broker) throws Exception {
        write(
                broker,
                record(Samples.alert("p-1", 2).setStatus(AlertStatus.CLEARED).build()));
    }

    @SafeVarargs
    private static void write(KafkaBroker broker, ProducerRecord<byte[], byte[]>... records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Alert alert) {
        return new ProducerRecord<>(
                Topic.ALERTS.name(Topic.DEFAULT_PREFIX),
                bytes(alert.getAlertId()),
                new SingleObject().writer(RecordType.ALERT).write(alert));
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode await(String path, Predicate<JsonNode> condition) throws Exception {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            String body = get(path).body();
            JsonNode json = new ObjectMapper().readTree(body);
            if (condition.test(json)) {
                return json;
            }
            assertThat(System.nanoTime()).as(path + " says " + body).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Path keystore(Path directory) throws Exception {
        Path keystore = directory.resolve("api.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keystore;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("api", own.getCertificate("api"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
