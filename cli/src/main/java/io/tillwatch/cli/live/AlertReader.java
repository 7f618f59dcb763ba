package io.tillwatch.cli.live;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads alerts as they come, on a thread of its own, and tells each with the time at which it could be read. */
public final class AlertReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Told each alert. */
    public interface Listener {
        void alert(Alert alert, long readableAtMillis);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;

    private AlertReader(KafkaConsumer<byte[], byte[]> consumer, Listener listener) {
        this.consumer = consumer;
        this.thread = new Thread(() -> read(listener), "alerts");
    }

    /** Starts reading from the beginning of the topic. */
    public static AlertReader start(String bootstrapServers, Listener listener) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 50);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        String topic = Topic.ALERTS.name(Topic.DEFAULT_PREFIX);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        AlertReader reader = new AlertReader(consumer, listener);
        reader.thread.start();
        return reader;
    }

    private void read(Listener listener) {
        RecordReader<Alert> alerts = RecordReader.ofAny(List.of(new SingleObject()), RecordType.ALERT);
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                long now = System.currentTimeMillis();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (alerts.read(record.value()) instanceof Decoded.Value<Alert> alert) {
                        listener.alert(alert.value(), now);
                    }
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
