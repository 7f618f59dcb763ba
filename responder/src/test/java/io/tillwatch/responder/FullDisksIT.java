package io.tillwatch.responder;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.api.NewToken;
import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.given.HttpLedger;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import io.tillwatch.testkit.DiskLimit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Held: a disk that is full, first under PostgreSQL and then under Kafka, while commands are under way. The responder says so
 * in its health, goes on when there is room, and in between loses nothing, does nothing twice and ends nothing that it does
 * not know: the acquirer here deduplicates nothing, so that whatever is sent twice shows.
 */
class FullDisksIT {

    private static final int COMMANDS = 60;
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void losesDoublesAndEndsNothingWhileADiskIsFull() throws Exception {
        try (KafkaBroker broker = new KafkaBroker(
                        BrokerSettings.in(directory.resolve("kafka")).withQuickStart());
                PostgresServer postgres = new PostgresServer(PostgresSettings.in(directory.resolve("postgres")));
                HttpLedger ledger = new HttpLedger()) {
            broker.start();
            postgres.start();
            topics(broker);
            ResponderSettings settings = settings(broker, postgres, ledger);
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (Responder responder = new Responder(settings, registry, Failpoints.inert());
                    PeopleSide people = new PeopleSide(
                            responder, settings.kafka(), settings.api().orElseThrow(), settings.people(), registry)) {
                people.start();
                responder.start();
                Jdbi jdbi = responder.database().jdbi();
                underPostgres(broker, postgres, ledger, people.url(), jdbi);
                underKafka(broker, ledger, people.url(), jdbi);
            }
            assertThat(ledger.effects()).hasSize(3 * COMMANDS);
            assertThat(ledger.effects().values()).as("done twice").allMatch(count -> count == 1);
            Map<String, OutcomeResult> outcomes = outcomes(broker);
            assertThat(outcomes).hasSize(3 * COMMANDS);
            assertThat(outcomes.values()).allMatch(result -> result == OutcomeResult.DONE);
        }
    }

    private void underPostgres(KafkaBroker broker, PostgresServer postgres, HttpLedger ledger, String url, Jdbi jdbi)
            throws Exception {
        write(broker, "before", COMMANDS);
        await("some are done", () -> !ledger.effects().isEmpty());
        DiskLimit.full(postgres.pid(), 1);
        write(broker, "full", COMMANDS);
        await("the health says that it is not well", () -> health(url).contains("\"DOWN\""));
        assertThat(health(url)).contains("database");
        // A server that cannot write its log ends itself; with room again it is started as any that was killed.
        if (postgres.isAlive()) {
            DiskLimit.room(postgres.pid());
        }
        postgres.kill();
        postgres.start();
        await("all are done when there is room again", () -> ended(jdbi) == 2L * COMMANDS);
        await("the health says that it is well", () -> health(url).contains("\"status\":\"UP\",\"checks\""));
    }

    private void underKafka(KafkaBroker broker, HttpLedger ledger, String url, Jdbi jdbi) throws Exception {
        write(broker, "later", COMMANDS);
        await("some are done", () -> ledger.effects().size() > 2 * COMMANDS);
        DiskLimit.full(broker.pid(), 1);
        await("the broker ends itself, for it cannot write", () -> !broker.isAlive());
        await("the health says that it is not well", () -> health(url).contains("\"DOWN\""));
        assertThat(health(url)).contains("kafka");
        broker.kill();
        broker.start();
        await("all are done when there is room again", () -> ended(jdbi) == 3L * COMMANDS);
        await("all is told", () -> count(jdbi, "SELECT count(*) FROM outbox WHERE told_at IS NULL") == 0);
    }

    private static long ended(Jdbi jdbi) {
        return count(jdbi, "SELECT count(*) FROM command WHERE state = 'DONE'");
    }

    /** -1 while the database is away. */
    private static long count(Jdbi jdbi, String sql) {
        try {
            return jdbi.withHandle(
                    handle -> handle.createQuery(sql).mapTo(Long.class).one());
        } catch (JdbiException away) {
            return -1;
        }
    }

    private String health(String url) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void topics(KafkaBroker broker) {
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(topic.name(Topic.DEFAULT_PREFIX), 1, Map.of()))
                    .toList());
        }
    }

    private ResponderSettings settings(KafkaBroker broker, PostgresServer postgres, HttpLedger ledger)
            throws Exception {
        Path file = Files.writeString(directory.resolve("responder.yaml"), """
                kafka: {bootstrap: "%s"}
                database: {url: "%s"}
                journal: {lease: PT9S, recheckAfter: PT1S}
                engine: {heartbeatEvery: PT1S, pollEvery: PT0.1S}
                acquirers:
                  "*":
                    adapter: simulated
                    endpoint: "%s"
                    timeout: PT2S
                    keysKept: PT0S
                    refusesLateAfter: PT3S
                    exchangesPerSecond: 100
                    backoffFirst: PT0.1S
                    backoffMax: PT1S
                    attemptsMax: 50
                api:
                  port: 0
                  tokens: [{person: vera, roles: [VIEWER], sha256: %s}]
                """.formatted(
                        broker.bootstrapServers(),
                        postgres.jdbcUrl(),
                        ledger.endpoint(),
                        NewToken.make(new SecureRandom()).sha256()));
        ResponderSettings.Result result = ResponderSettings.read(file, Map.of(), "one");
        assertThat(result).isInstanceOf(ResponderSettings.Result.Good.class);
        return ((ResponderSettings.Result.Good) result).settings();
    }

    private static void write(KafkaBroker broker, String prefix, int count) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                Command command = Commands.reverse(prefix + "-" + i).build();
                Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(
                        Topic.REVERSAL_COMMANDS.name(Topic.DEFAULT_PREFIX),
                        command.getPaymentId().getBytes(StandardCharsets.UTF_8),
                        new SingleObject().writer(RecordType.COMMAND).write(command)));
            }
            producer.flush();
        }
    }

    /** What was told, by command; fails if one command was told to have ended in two ways. */
    private static Map<String, OutcomeResult> outcomes(KafkaBroker broker) {
        Map<String, OutcomeResult> results = new TreeMap<>();
        TopicPartition partition = new TopicPartition(Topic.OUTCOMES.name(Topic.DEFAULT_PREFIX), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Outcome outcome = ((Decoded.Value<Outcome>) new SingleObject()
                                    .reader(RecordType.OUTCOME)
                                    .read(record.value()))
                            .value();
                    OutcomeResult before = results.put(outcome.getCommandId(), outcome.getResult());
                    assertThat(before).isIn(null, outcome.getResult());
                });
            }
        }
        return results;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN.toNanos());
            Thread.onSpinWait();
        }
    }
}
