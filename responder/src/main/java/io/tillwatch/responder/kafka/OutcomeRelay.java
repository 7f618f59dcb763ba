package io.tillwatch.responder.kafka;

import io.tillwatch.responder.engine.Failpoint;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.Outbox;
import io.tillwatch.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;

/**
 * Tells what is in the outbox: outcomes and reversals, each at least once, in batches. What the broker has not taken is told
 * again; the records' identities are the same then.
 */
public final class OutcomeRelay implements Runnable, AutoCloseable {

    private static final int BATCH_MAX = 1_000;
    private static final int DELIVERY_MILLIS_MAX = 30_000;
    private static final int REQUEST_MILLIS_MAX = 10_000;
    private static final int LINGER_MILLIS = 5;

    private final Jdbi jdbi;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String outcomes;
    private final String reversals;
    private final Failpoints failpoints;

    public OutcomeRelay(KafkaSettings settings, Database database, Failpoints failpoints) {
        this.jdbi = database.jdbi();
        this.producer = new KafkaProducer<>(settings.with(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_MILLIS_MAX,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MILLIS_MAX,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class)));
        this.outcomes = settings.topic(Topic.OUTCOMES);
        this.reversals = settings.topic(Topic.REVERSALS);
        this.failpoints = failpoints;
    }

    /**
     * Tells until nothing is left.
     *
     * @throws IllegalStateException if the broker does not take something: it is told the next time
     */
    @Override
    public void run() {
        List<Outbox.Telling> batch = next();
        while (!batch.isEmpty()) {
            tell(batch);
            failpoints.pass(Failpoint.AFTER_RELAY);
            List<Outbox.Telling> told = batch;
            jdbi.useTransaction(handle -> Outbox.told(handle, told));
            failpoints.pass(Failpoint.AFTER_TOLD);
            batch = batch.size() < BATCH_MAX ? List.of() : next();
        }
    }

    private List<Outbox.Telling> next() {
        return jdbi.withHandle(handle -> Outbox.untold(handle, BATCH_MAX));
    }

    private void tell(List<Outbox.Telling> batch) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
        for (Outbox.Telling telling : batch) {
            String topic = telling.topic().equals("outcomes") ? outcomes : reversals;
            sent.add(producer.send(
                    new ProducerRecord<>(topic, telling.key().getBytes(StandardCharsets.UTF_8), telling.value())));
        }
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "the broker does not take outcomes, which are told later: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while telling outcomes", e);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
