package io.tillwatch.responder.people;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.serving.work.SteadyThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of alerts into {@link AlertViews}, from its beginning the first time. Offsets are committed once the tables
 * are: what is read twice changes nothing. While the database or Kafka is away it tries again, ever more slowly.
 */
public final class AlertReader implements AutoCloseable {

    /** The consumer group, unless the settings name another: instances share the reading. */
    public static final String GROUP = "tillwatch-responder-alerts";

    private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final int RECORDS_A_POLL = 500;

    private final Properties kafka;
    private final String topic;
    private final AlertViews views;
    private final RecordReader<Alert> reader;
    private final AtomicLong unreadable = new AtomicLong();
    private final SteadyThread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Reads nothing yet.
     *
     * @param kafka settings of every Kafka client
     * @param topic the name in the cluster
     * @param reader of whatever formats are written; used by one thread
     */
    public AlertReader(Properties kafka, String topic, RecordReader<Alert> reader, AlertViews views) {
        this.kafka = new Properties();
        this.kafka.putAll(kafka);
        this.kafka.putIfAbsent(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(RECORDS_A_POLL));
        this.topic = topic;
        this.reader = reader;
        this.views = views;
        this.thread = new SteadyThread("alerts", WAIT_MIN, WAIT_MAX, END_WITHIN, this::read, this::failed);
    }

    public void start() {
        thread.start();
    }

    /** How many records were passed over because they are no alerts, or hold card numbers. */
    public long unreadable() {
        return unreadable.get();
    }

    @Override
    public void close() {
        thread.stop();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        thread.close();
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = opened;
            opened.subscribe(List.of(topic));
            while (!thread.isClosing()) {
                take(opened.poll(POLL));
                opened.commitSync();
                thread.wentWell();
            }
        } catch (WakeupException e) {
            // Closing, or nearly: the thread looks.
        }
    }

    private void failed(RuntimeException e, Duration wait) {
        LOG.warn("alerts cannot be read or kept: {}; again in {}", reason(e), wait);
    }

    private static String reason(RuntimeException e) {
        return e instanceof KafkaException
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : e.getClass().getSimpleName();
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        List<Alert> alerts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            // A null is the end of an alert that compaction forgets.
            if (record.value() == null) {
                continue;
            }
            Decoded<Alert> decoded = reader.read(record.value());
            if (decoded instanceof Decoded.Unreadable<Alert> bad) {
                passOver(record, "is no alert: " + bad.reason());
            } else if (decoded instanceof Decoded.Value<Alert> value) {
                if (AlertText.holdsCardNumber(value.value())) {
                    passOver(record, "holds a card number, and is not kept");
                } else {
                    alerts.add(value.value());
                }
            }
        }
        views.take(alerts);
    }

    private void passOver(ConsumerRecord<byte[], byte[]> record, String why) {
        unreadable.incrementAndGet();
        LOG.warn("{}-{} offset {} {}", record.topic(), record.partition(), record.offset(), why);
    }
}
