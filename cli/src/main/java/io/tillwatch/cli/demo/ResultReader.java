package io.tillwatch.cli.demo;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all that the system says, on a thread of its own, from the beginning. */
final class ResultReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Topic> TOPICS =
            List.of(Topic.ALERTS, Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS, Topic.OUTCOMES, Topic.DEAD_LETTERS);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Listener listener;
    private final Thread thread;
    private final Map<String, Topic> topics = new HashMap<>();
    private final RecordReader<Alert> alerts = reader(RecordType.ALERT);
    private final RecordReader<Command> commands = reader(RecordType.COMMAND);
    private final RecordReader<Outcome> outcomes = reader(RecordType.OUTCOME);

    /** Told what is read. */
    interface Listener {
        void alert(Alert alert);

        void command(Command command);

        void outcome(Outcome outcome);

        /** A record was set aside; the payment is null where its key is not known. */
        void deadLetter(String paymentId, String code);
    }

    private ResultReader(KafkaConsumer<byte[], byte[]> consumer, Listener listener) {
        this.consumer = consumer;
        this.listener = listener;
        this.thread = new Thread(this::read, "results");
    }

    static ResultReader start(String bootstrapServers, Listener listener) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 100),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        ResultReader reader = new ResultReader(consumer, listener);
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : TOPICS) {
            String name = topic.name(Topic.DEFAULT_PREFIX);
            reader.topics.put(name, topic);
            consumer.partitionsFor(name).forEach(p -> partitions.add(new TopicPartition(name, p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    private static <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type) {
        return RecordReader.ofAny(List.of(new SingleObject()), type);
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(topics.get(record.topic()), record);
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private void take(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        if (topic == Topic.DEAD_LETTERS) {
            listener.deadLetter(record.key() == null ? null : text(record.key()), header(record, "error"));
            return;
        }
        if (record.value() == null) {
            return; // a pulse
        }
        switch (topic) {
            case ALERTS -> listener.alert(value(alerts, record));
            case REVERSAL_COMMANDS, RETRY_COMMANDS -> listener.command(value(commands, record));
            default -> listener.outcome(value(outcomes, record));
        }
    }

    private static <T extends SpecificRecordBase> T value(
            RecordReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
        if (reader.read(record.value()) instanceof Decoded.Value<T> value) {
            return value.value();
        }
        throw new IllegalStateException("a record of " + record.topic() + " at offset " + record.offset()
                + " cannot be read: it was written by another build");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
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
