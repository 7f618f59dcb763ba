package io.tillwatch.console.given;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real Kafka broker and one real PostgreSQL for all tests of a run; topics and databases are each test class's own. */
public final class Parts implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(Parts.class);
    private static final int PARTITIONS = 2;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Given.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).getOrComputeIfAbsent("parts", key -> new Given(), Given.class);
    }

    /** The parts, and records written to them. */
    public static final class Given implements AutoCloseable {

        private final Path directory;
        private final KafkaBroker broker;
        private final PostgresServer postgres;
        private final KafkaProducer<byte[], byte[]> producer;
        private final SingleObject format = new SingleObject();
        private int names;

        Given() {
            try {
                directory = Files.createTempDirectory("console-test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            broker = new KafkaBroker(
                    BrokerSettings.in(directory.resolve("kafka")).withQuickStart());
            broker.start();
            postgres = new PostgresServer(PostgresSettings.in(directory.resolve("postgres")));
            postgres.start();
            Map<String, Object> settings = new HashMap<>();
            settings.put("bootstrap.servers", broker.bootstrapServers());
            settings.put("key.serializer", ByteArraySerializer.class.getName());
            settings.put("value.serializer", ByteArraySerializer.class.getName());
            settings.put("linger.ms", 5);
            producer = new KafkaProducer<>(settings);
        }

        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        public Path directory() {
            return directory;
        }

        /** Topics of a prefix that nobody else has. */
        public synchronized String newTopics() {
            String prefix = "t" + ++names + ".";
            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                admin.create(Arrays.stream(Topic.values())
                        .map(topic -> new TopicSpec(
                                topic.name(prefix), Math.min(PARTITIONS, topic.defaultPartitions()), topic.config()))
                        .toList());
            }
            return prefix;
        }

        /** A database that nobody else has. */
        public synchronized String newDatabase() {
            return postgres.createDatabase("d" + ++names);
        }

        public void write(String prefix, Alert alert) {
            byte[] value = format.writer(RecordType.ALERT).write(alert);
            send(prefix, Topic.ALERTS, alert.getAlertId(), value);
        }

        public void write(String prefix, Command command) {
            byte[] value = format.writer(RecordType.COMMAND).write(command);
            send(prefix, Topic.REVERSAL_COMMANDS, command.getPaymentId(), value);
        }

        public void write(String prefix, Outcome outcome) {
            byte[] value = format.writer(RecordType.OUTCOME).write(outcome);
            send(prefix, Topic.OUTCOMES, outcome.getPaymentId(), value);
        }

        public void write(String prefix, Authorization authorization) {
            byte[] value = format.writer(RecordType.AUTHORIZATION).write(authorization);
            send(prefix, Topic.AUTHORIZATIONS, authorization.getPaymentId(), value);
        }

        /** Whatever it is: null is a pulse. */
        public void send(String prefix, Topic topic, String key, byte[] valueOrNull) {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(topic.name(prefix), key.getBytes(StandardCharsets.UTF_8), valueOrNull));
        }

        /** Everything that was written is in Kafka after it. */
        public void flush() {
            producer.flush();
        }

        @Override
        public void close() throws IOException {
            producer.close();
            postgres.kill();
            broker.close();
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
