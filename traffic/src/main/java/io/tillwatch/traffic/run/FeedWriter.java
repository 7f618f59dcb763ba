package io.tillwatch.traffic.run;

import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.traffic.feed.Letter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes letters to Kafka, as the upstream systems would. */
public final class FeedWriter implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topicPrefix;

    /** Told what became of a letter. */
    public interface Delivery {

        /** Kafka has it. */
        void appended(Letter letter, long atMillis);

        /** Kafka does not take it. */
        void failed(Letter letter, Exception why);
    }

    /** @param clientSettings of Kafka, {@code bootstrap.servers} among them */
    public FeedWriter(Map<String, ?> clientSettings, String topicPrefix) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.putIfAbsent("linger.ms", 0);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topicPrefix = topicPrefix;
    }

    /** Hands a letter to Kafka; what becomes of it is told later, on another thread. */
    public void write(Letter letter, Delivery delivery) {
        Topic topic = letter.topic();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.name(topicPrefix), letter.paymentId().getBytes(StandardCharsets.UTF_8), letter.value());
        // The delivery is told; nobody waits.
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                delivery.appended(letter, metadata.timestamp());
            } else {
                delivery.failed(letter, failure);
            }
        });
    }

    /** Waits until all letters have been taken or refused. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
