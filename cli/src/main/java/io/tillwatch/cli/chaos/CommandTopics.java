package io.tillwatch.cli.chaos;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes commands to their topics. For one thread. */
final class CommandTopics implements AutoCloseable {

    private static final int LINGER_MILLIS = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter<Command> commands = new SingleObject().writer(RecordType.COMMAND);
    private final AtomicLong failed = new AtomicLong();

    CommandTopics(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                LINGER_MILLIS,
                "acks",
                "all",
                "enable.idempotence",
                true);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write(Command command) {
        send(topic(command), command.getPaymentId(), commands.write(command));
    }

    /** Writes bytes that are no command, to where commands are read. */
    void writeNonsense(String key) {
        send(Topic.REVERSAL_COMMANDS, key, new byte[] {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1});
    }

    private void send(Topic topic, String key, byte[] value) {
        var unused = producer.send(
                new ProducerRecord<>(topic.name(Topic.DEFAULT_PREFIX), key.getBytes(StandardCharsets.UTF_8), value),
                (metadata, error) -> {
                    if (error != null) {
                        failed.incrementAndGet();
                    }
                });
    }

    private static Topic topic(Command command) {
        return switch (command.getAction()) {
            case REVERSE, REFUND, ADJUST -> Topic.REVERSAL_COMMANDS;
            case RETRY_CAPTURE, RETRY_SETTLEMENT -> Topic.RETRY_COMMANDS;
        };
    }

    /**
     * Returns when all is written.
     *
     * @throws IllegalStateException if something was not: the run says nothing then
     */
    void flush() {
        producer.flush();
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " commands could not be written to Kafka: see its log");
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
