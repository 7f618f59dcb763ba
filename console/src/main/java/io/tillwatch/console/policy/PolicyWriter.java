package io.tillwatch.console.policy;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes policies to their topic; who did it, and why, go with the record as headers. For any number of threads. */
public final class PolicyWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyWriter.class);
    private static final Duration WITHIN = Duration.ofSeconds(15);

    private final ConsoleSettings.Kafka kafka;
    private RecordWriter<Policy> format;
    private KafkaProducer<byte[], byte[]> producer;

    public PolicyWriter(ConsoleSettings.Kafka kafka) {
        this.kafka = kafka;
    }

    /**
     * Writes one.
     *
     * @param policyOrNull null returns the scope to what the wider ones say
     * @return whether Kafka has it; if not it may still come to have it, and writing it again does no harm
     */
    public synchronized boolean write(String scope, Policy policyOrNull, String person, String reason) {
        byte[] value;
        try {
            value = policyOrNull == null ? null : format().write(policyOrNull);
        } catch (SchemasUnavailableException e) {
            LOG.warn("a policy was not written: {}", e.getMessage());
            return false;
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(kafka.topic(Topic.POLICIES), utf8(scope), value);
        record.headers().add("person", utf8(person)).add("reason", utf8(reason));
        try {
            producer().send(record).get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warn("a policy was not written: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** Policies are changed seldom: no connection is kept before the first. */
    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> all = new HashMap<>(kafka.client());
            all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
            all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
            all.put(ProducerConfig.ACKS_CONFIG, "all");
            all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
            all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WITHIN.toMillis());
            producer = new KafkaProducer<>(all);
        }
        return producer;
    }

    private RecordWriter<Policy> format() {
        if (format == null) {
            format = Wire.of(kafka.client()).writer(RecordType.POLICY, kafka.topic(Topic.POLICIES));
        }
        return format;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(WITHIN);
        }
    }
}
