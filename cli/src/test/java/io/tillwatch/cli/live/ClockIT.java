package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the real jobs over a real broker, with pulses that the test withholds from a partition. */
class ClockIT {

    private static final int PARTITIONS = 3;
    private static final long WITHIN_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long CAPTURE_WITHIN_MILLIS = 5_000;
    private static final String GROUP = "tillwatch-lifecycle";

    @TempDir
    private Path directory;

    /** Partitions that get no pulses. */
    private final Set<TopicPartition> stalled = ConcurrentHashMap.newKeySet();

    private KafkaProducer<byte[], byte[]> pulses;
    private String bootstrap;

    @Test
    @DisplayName("held: no deadline passes while one partition lags, with more tasks than partitions; then all"
            + " that are true, at their time")
    void passesNoDeadlineBeforeTheSlowestPartition() throws Exception {
        KafkaBroker broker = new KafkaBroker(BrokerSettings.in(directory.resolve("broker")));
        broker.start();
        bootstrap = broker.bootstrapServers();
        createTopics();
        FeedProducer feeds = new FeedProducer(bootstrap);
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        pulses = producer;
        JobsProcess jobs = new JobsProcess(
                directory.resolve("jobs.log"),
                768,
                List.of(
                        "--bootstrap",
                        bootstrap,
                        "--parallelism",
                        Integer.toString(PARTITIONS + 1),
                        "--checkpoint-every",
                        "PT1S",
                        "--state-dir",
                        directory.resolve("checkpoints").toString(),
                        "--stop-within",
                        "PT0S"));
        try (broker;
                feeds;
                producer;
                jobs) {
            feeds.write(Lives.policy(), null);
            feeds.flush();
            jobs.start();
            TopicPartition lagging = new TopicPartition(Topic.CAPTURES.name(Topic.DEFAULT_PREFIX), 1);
            pulse();
            stalled.add(lagging);

            Map<String, Long> approvedAt = approve(feeds, 30);
            long past = approvedAt.values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElseThrow()
                    + 2 * CAPTURE_WITHIN_MILLIS;
            Map<TopicPartition, Long> readPast = new HashMap<>();
            await("the others were written past the deadlines", () -> {
                readPast.putAll(pulse());
                return newestPulseMillis > past;
            });
            await("the jobs have read them", () -> {
                pulse();
                return committedPast(readPast);
            });
            assertThat(alerts()).as("while " + lagging + " lags").isEmpty();

            stalled.clear();
            await("the alerts come", () -> {
                pulse();
                return alerts().size() >= approvedAt.size();
            });
            assertThat(alerts()).hasSameSizeAs(approvedAt);
            alerts().forEach((paymentId, alert) -> assertThat(
                            alert.getDetectedAt().toEpochMilli())
                    .as(paymentId)
                    .isEqualTo(approvedAt.get(paymentId) + CAPTURE_WITHIN_MILLIS));
        }
    }

    private long newestPulseMillis;

    /** Writes a pulse to each partition that is not stalled, and says up to where each is written now. */
    private Map<TopicPartition, Long> pulse() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                for (int partition = 0; topic.pulsed() && partition < PARTITIONS; partition++) {
                    String name = topic.name(Topic.DEFAULT_PREFIX);
                    if (!stalled.contains(new TopicPartition(name, partition))) {
                        ProducerRecord<byte[], byte[]> pulse = new ProducerRecord<>(name, partition, null, null);
                        pulse.headers().add(new RecordHeader("pulse", new byte[0]));
                        sent.add(pulses.send(pulse));
                    }
                }
            }
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata written = one.get();
                ends.put(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
                newestPulseMillis = Math.max(newestPulseMillis, written.timestamp());
            }
        } catch (Exception e) {
            throw new AssertionError("pulses cannot be written", e);
        }
        return ends;
    }

    /** Approves sales that nobody captures; when each arrived. */
    private static Map<String, Long> approve(FeedProducer feeds, int count) {
        Lives lives = new Lives(1, "clock");
        Map<String, Long> arrivedAt = new ConcurrentHashMap<>();
        for (int i = 0; i < count; i++) {
            Life life = lives.next(Fault.NEVER_CAPTURED);
            for (Life.Planned planned : life.planned()) {
                feeds.write(planned.written().at(Instant.now()), (metadata, error) -> {
                    if (error == null) {
                        arrivedAt.merge(life.paymentId(), metadata.timestamp(), Math::max);
                    }
                });
            }
        }
        feeds.flush();
        assertThat(arrivedAt).hasSize(count);
        return arrivedAt;
    }

    private boolean committedPast(Map<TopicPartition, Long> ends) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata read = committed.get(end.getKey());
                return read != null && read.offset() >= end.getValue();
            });
        } catch (Exception e) {
            throw new AssertionError("offsets cannot be read", e);
        }
    }

    private Map<String, Alert> alerts() {
        RecordReader<Alert> reader = RecordReader.ofAny(List.of(new SingleObject()), RecordType.ALERT);
        Map<String, Alert> byPayment = new TreeMap<>();
        TopicReader.all(bootstrap, Topic.ALERTS).forEach(record -> {
            Alert alert = ((Decoded.Value<Alert>) reader.read(record.value())).value();
            byPayment.put(alert.getAlertId(), alert);
        });
        Map<String, Alert> alerts = new TreeMap<>();
        byPayment.values().forEach(alert -> alerts.put(alert.getPaymentId(), alert));
        assertThat(alerts).as("one alert for each payment").hasSameSizeAs(byPayment);
        return alerts;
    }

    private void createTopics() {
        TopicAdmin admin = new TopicAdmin(bootstrap);
        try (admin) {
            admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(
                            topic.name(Topic.DEFAULT_PREFIX),
                            Math.min(PARTITIONS, topic.defaultPartitions()),
                            topic.config()))
                    .toList());
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN_NANOS);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
