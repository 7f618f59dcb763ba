package io.tillwatch.cli.live;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records of feeds and policies to Kafka, as their upstream systems would. For one thread. */
public final class FeedProducer implements AutoCloseable {

    /** A request for each record would keep the broker busier than the records do. */
    private static final int LINGER_MILLIS = 5;

    /** So that many records a second are few requests; a batch is sent after the linger, full or not. */
    private static final int BATCH_BYTES = 128 * 1024;

    private static final long BUFFER_BYTES = 64L * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter<Authorization> authorizations = new SingleObject().writer(RecordType.AUTHORIZATION);
    private final RecordWriter<Capture> captures = new SingleObject().writer(RecordType.CAPTURE);
    private final RecordWriter<Settlement> settlements = new SingleObject().writer(RecordType.SETTLEMENT);
    private final RecordWriter<Reversal> reversals = new SingleObject().writer(RecordType.REVERSAL);
    private final RecordWriter<Policy> policies = new SingleObject().writer(RecordType.POLICY);

    public FeedProducer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                LINGER_MILLIS,
                "batch.size",
                BATCH_BYTES,
                "buffer.memory",
                BUFFER_BYTES,
                "acks",
                "all",
                "enable.idempotence",
                true);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes a record; what became of it is told to the callback. */
    public void write(SpecificRecordBase record, Callback callback) {
        if (record instanceof Authorization a) {
            send(Topic.AUTHORIZATIONS, a.getPaymentId(), authorizations.write(a), callback);
        } else if (record instanceof Capture c) {
            send(Topic.CAPTURES, c.getPaymentId(), captures.write(c), callback);
        } else if (record instanceof Settlement s) {
            send(Topic.SETTLEMENTS, s.getPaymentId(), settlements.write(s), callback);
        } else if (record instanceof Reversal r) {
            send(Topic.REVERSALS, r.getPaymentId(), reversals.write(r), callback);
        } else if (record instanceof Policy p) {
            send(Topic.POLICIES, p.getScope(), policies.write(p), callback);
        } else {
            throw new IllegalArgumentException(record.getSchema().getName() + " is no record of a feed");
        }
    }

    private void send(Topic topic, String key, byte[] value, Callback callback) {
        // The callback is told; nobody waits.
        var unused = producer.send(
                new ProducerRecord<>(topic.name(Topic.DEFAULT_PREFIX), key.getBytes(StandardCharsets.UTF_8), value),
                callback);
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
