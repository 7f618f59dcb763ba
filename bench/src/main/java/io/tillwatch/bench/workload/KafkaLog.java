package io.tillwatch.bench.workload;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A workload as the feeds of a Kafka. A pulse an hour goes to each partition of each feed, and after the last record for
 * as long as anything may still come to light.
 */
final class KafkaLog implements RecordSink, Closeable {

    private static final long PULSE_EVERY_MILLIS = Duration.ofHours(1).toMillis();
    private static final int TELL_EVERY = 250_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter<Authorization> authorizations = new SingleObject().writer(RecordType.AUTHORIZATION);
    private final RecordWriter<Capture> captures = new SingleObject().writer(RecordType.CAPTURE);
    private final RecordWriter<Settlement> settlements = new SingleObject().writer(RecordType.SETTLEMENT);
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final List<String> pulsed = Arrays.stream(Topic.values())
            .filter(Topic::pulsed)
            .map(BenchTopics::name)
            .toList();
    private long nextPulseMillis = Plan.FIRST_MILLIS;
    private long records;

    KafkaLog(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        20,
                        "batch.size",
                        128 * 1024,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** How many records were written, pulses aside. */
    long records() {
        return records;
    }

    @Override
    public void write(Authorization authorization, long atMillis) throws IOException {
        send(Topic.AUTHORIZATIONS, atMillis, authorization.getPaymentId(), authorizations.write(authorization));
    }

    @Override
    public void write(Capture capture, long atMillis) throws IOException {
        send(Topic.CAPTURES, atMillis, capture.getPaymentId(), captures.write(capture));
    }

    @Override
    public void write(Settlement settlement, long atMillis) throws IOException {
        send(Topic.SETTLEMENTS, atMillis, settlement.getPaymentId(), settlements.write(settlement));
    }

    /** Lets time pass to the end, and returns when all is in Kafka. */
    void finish(long endMillis) throws IOException {
        pulseUntil(endMillis);
        producer.flush();
        rethrow();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(Topic topic, long atMillis, String key, byte[] value) throws IOException {
        pulseUntil(atMillis);
        send(new ProducerRecord<>(
                BenchTopics.name(topic), null, atMillis, key.getBytes(StandardCharsets.UTF_8), value));
        records++;
        if (records % TELL_EVERY == 0) {
            System.err.printf("writing the workload: %,d records%n", records);
            rethrow();
        }
    }

    private void pulseUntil(long atMillis) {
        for (; nextPulseMillis <= atMillis; nextPulseMillis += PULSE_EVERY_MILLIS) {
            for (String topic : pulsed) {
                for (int partition = 0; partition < BenchTopics.PARTITIONS; partition++) {
                    send(new ProducerRecord<>(
                            topic,
                            partition,
                            nextPulseMillis,
                            null,
                            null,
                            List.of(new RecordHeader("pulse", new byte[0]))));
                }
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        // The callback is told; nobody waits.
        var unused = producer.send(record, (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    private void rethrow() throws IOException {
        Exception error = failure.get();
        if (error != null) {
            throw new IOException("the workload cannot be written to Kafka: " + error.getMessage(), error);
        }
    }
}
