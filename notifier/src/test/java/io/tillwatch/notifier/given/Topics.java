package io.tillwatch.notifier.given;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import io.tillwatch.serving.config.KafkaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real broker for all tests of a run; a prefix of topics for each that asks. */
public final class Topics implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(Topics.class);
    private static final int PARTITIONS = 2;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Given.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).getOrComputeIfAbsent("topics", key -> new Given(), Given.class);
    }

    /** The broker, and alerts written to it. */
    public static final class Given implements AutoCloseable {

        private final Path directory;
        private final KafkaBroker broker;
        private final KafkaProducer<byte[], byte[]> producer;
        private final SingleObject format = new SingleObject();
        private int names;

        Given() {
            try {
                directory = Files.createTempDirectory("notifier-test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            broker = new KafkaBroker(BrokerSettings.in(directory)
                    .withQuickStart()
                    .withKafkaSetting("group.min.session.timeout.ms", "1000"));
            broker.start();
            producer = new KafkaProducer<>(Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "key.serializer", ByteArraySerializer.class.getName(),
                    "value.serializer", ByteArraySerializer.class.getName()));
        }

        /** A topic of alerts that nobody else has. */
        public synchronized KafkaPart newTopic() {
            String prefix = "t" + ++names + ".";
            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                admin.create(List.of(new TopicSpec(Topic.ALERTS.name(prefix), PARTITIONS, Topic.ALERTS.config())));
            }
            // Whoever comes or goes is noticed within a test's patience.
            return new KafkaPart(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "heartbeat.interval.ms", "200"), prefix);
        }

        /** It is in Kafka when this returns. */
        public void write(KafkaPart kafka, Alert alert) {
            send(kafka, alert.getAlertId(), bytes(alert));
        }

        public void send(KafkaPart kafka, String key, byte[] valueOrNull) {
            Future<RecordMetadata> sent = sent(kafka, key, valueOrNull);
            try {
                sent.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while writing", e);
            } catch (ExecutionException e) {
                throw new AssertionError("the broker did not take it", e);
            }
        }

        /** All of them, in this order. */
        public void write(KafkaPart kafka, List<Alert> alerts) {
            alerts.subList(0, alerts.size() - 1).forEach(alert -> {
                Future<RecordMetadata> unused = sent(kafka, alert.getAlertId(), bytes(alert));
            });
            write(kafka, alerts.get(alerts.size() - 1));
            producer.flush();
        }

        private byte[] bytes(Alert alert) {
            return format.writer(RecordType.ALERT).write(alert);
        }

        private Future<RecordMetadata> sent(KafkaPart kafka, String key, byte[] valueOrNull) {
            return producer.send(
                    new ProducerRecord<>(kafka.topic(Topic.ALERTS), key.getBytes(StandardCharsets.UTF_8), valueOrNull));
        }

        @Override
        public void close() throws IOException {
            producer.close();
            broker.close();
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
