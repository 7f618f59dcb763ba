package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.record.ResultRecords;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.signature.CommandSignature;
import io.tillwatch.schemas.signature.SigningKey;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The results of a job, written to Kafka at least once. Transactions are not used: a committed checkpoint's transaction
 * can be lost to a time-out without a word, and an orphaned one stops every reader. The identities are deterministic
 * instead, so who reads keeps one of each.
 */
public final class KafkaResults {

    private KafkaResults() {}

    public static KafkaSink<Alert> alerts(JobSettings settings) {
        return sink(
                settings,
                new AlertSchema(settings.topic(Topic.ALERTS), writing(settings, RecordType.ALERT, Topic.ALERTS)));
    }

    public static KafkaSink<Command> commands(JobSettings settings) {
        return sink(
                settings,
                new CommandSchema(
                        settings.topic(Topic.REVERSAL_COMMANDS),
                        writing(settings, RecordType.COMMAND, Topic.REVERSAL_COMMANDS),
                        settings.topic(Topic.RETRY_COMMANDS),
                        writing(settings, RecordType.COMMAND, Topic.RETRY_COMMANDS),
                        settings.signingKey()));
    }

    public static KafkaSink<Suspicion> suspicions(JobSettings settings) {
        return sink(
                settings,
                new SuspicionSchema(
                        settings.topic(Topic.SUSPICIONS), writing(settings, RecordType.SUSPICION, Topic.SUSPICIONS)));
    }

    public static KafkaSink<DeadLetter> deadLetters(JobSettings settings) {
        return sink(settings, new DeadLetterSchema(settings.topic(Topic.DEAD_LETTERS)));
    }

    /** Asked when the job is made, so that a registry that is down later keeps no result back. */
    private static Wire.Writing writing(JobSettings settings, RecordType<?> type, Topic topic) {
        return Wire.of(settings.kafka()).writing(type, settings.topic(topic));
    }

    private static <T> KafkaSink<T> sink(JobSettings settings, KafkaRecordSerializationSchema<T> schema) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(settings.kafka())
                .setBootstrapServers(settings.kafka().getProperty("bootstrap.servers"))
                .setProperty("compression.type", "lz4")
                .setProperty("max.request.size", Integer.toString(2 * Topic.ALERTS.messageBytesMax()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(schema)
                .build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a value with the schema of its type. */
    private abstract static class RecordSchema<T, R extends SpecificRecordBase>
            implements KafkaRecordSerializationSchema<T> {

        private final Wire.Writing writing;
        private transient RecordWriter<R> writer;

        RecordSchema(Wire.Writing writing) {
            this.writing = writing;
        }

        abstract RecordType<R> type();

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
            writer = writing.writer(type());
        }

        final ProducerRecord<byte[], byte[]> record(String topic, String key, R record) {
            return new ProducerRecord<>(topic, utf8(key), writer.write(record));
        }
    }

    static final class AlertSchema extends RecordSchema<Alert, io.tillwatch.schemas.record.Alert> {
        private final String topic;

        AlertSchema(String topic, Wire.Writing writing) {
            super(writing);
            this.topic = topic;
        }

        @Override
        RecordType<io.tillwatch.schemas.record.Alert> type() {
            return RecordType.ALERT;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Alert alert, KafkaSinkContext context, Long timestamp) {
            return record(topic, alert.alertId(), ResultRecords.alert(alert));
        }
    }

    static final class CommandSchema extends RecordSchema<Command, io.tillwatch.schemas.record.Command> {
        private final String reversals;
        private final String retries;
        private final Wire.Writing asRetries;
        private final SigningKeyFile keyFileOrNull;
        private transient SigningKey keyOrNull;
        private transient RecordWriter<io.tillwatch.schemas.record.Command> retryWriter;

        CommandSchema(
                String reversals,
                Wire.Writing asReversals,
                String retries,
                Wire.Writing asRetries,
                Optional<SigningKeyFile> signingKey) {
            super(asReversals);
            this.reversals = reversals;
            this.retries = retries;
            this.asRetries = asRetries;
            this.keyFileOrNull = signingKey.orElse(null);
        }

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
            super.open(context, sinkContext);
            keyOrNull = keyFileOrNull == null ? null : keyFileOrNull.read();
            retryWriter = asRetries.writer(type());
        }

        @Override
        RecordType<io.tillwatch.schemas.record.Command> type() {
            return RecordType.COMMAND;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Command command, KafkaSinkContext context, Long timestamp) {
            io.tillwatch.schemas.record.Command plain = ResultRecords.command(command);
            io.tillwatch.schemas.record.Command record =
                    keyOrNull == null ? plain : CommandSignature.sign(plain, keyOrNull);
            return switch (command.action()) {
                case REVERSE, REFUND, ADJUST -> record(reversals, command.paymentId(), record);
                case RETRY_CAPTURE, RETRY_SETTLEMENT ->
                    new ProducerRecord<>(retries, utf8(command.paymentId()), retryWriter.write(record));
            };
        }
    }

    static final class SuspicionSchema extends RecordSchema<Suspicion, io.tillwatch.schemas.record.Suspicion> {
        private final String topic;

        SuspicionSchema(String topic, Wire.Writing writing) {
            super(writing);
            this.topic = topic;
        }

        @Override
        RecordType<io.tillwatch.schemas.record.Suspicion> type() {
            return RecordType.SUSPICION;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Suspicion suspicion, KafkaSinkContext context, Long timestamp) {
            return record(topic, suspicion.paymentId(), ResultRecords.suspicion(suspicion));
        }
    }

    static final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {
        private final String topic;

        DeadLetterSchema(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(DeadLetter letter, KafkaSinkContext context, Long timestamp) {
            List<Header> headers = List.of(
                    header("feed", letter.feed()),
                    header("partition", Integer.toString(letter.partition())),
                    header("offset", Long.toString(letter.offset())),
                    header("timestamp", Long.toString(letter.timestampMillis())),
                    header("error", letter.refusal().code().name()),
                    header("reason", letter.refusal().reason()));
            return new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers);
        }

        private static Header header(String name, String value) {
            return new RecordHeader(name, utf8(value));
        }
    }
}
