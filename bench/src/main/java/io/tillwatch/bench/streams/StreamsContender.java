package io.tillwatch.bench.streams;

import io.tillwatch.bench.contender.Contender;
import io.tillwatch.bench.contender.ContenderName.Keeps;
import io.tillwatch.bench.contender.Results;
import io.tillwatch.bench.contender.Setting;
import io.tillwatch.bench.workload.BenchTopics;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The four detections in Kafka Streams. It never ends by itself: it is stopped when all that there is was taken. */
public final class StreamsContender implements Contender {

    private static final List<Topic> FEEDS = List.of(Topic.AUTHORIZATIONS, Topic.CAPTURES, Topic.SETTLEMENTS);
    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(1);
    private static final long CACHE_BYTES = 256L << 20;

    private final Setting setting;
    private final Keeps keeps;
    private int started;

    public StreamsContender(Setting setting, Keeps keeps) {
        this.setting = setting;
        this.keeps = keeps;
    }

    @Override
    public void drain() throws Exception {
        started++;
        Progress progress = new Progress();
        long records = recordsInFeeds();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        KafkaStreams streams = streams(progress);
        try (streams) {
            streams.setUncaughtExceptionHandler(error -> {
                failure.set(error);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            while (!progress.done(records)) {
                if (failure.get() != null) {
                    throw new IllegalStateException("Kafka Streams has failed", failure.get());
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            streams.close(CLOSE_WITHIN);
        }
    }

    @Override
    public void tidy() {
        KafkaStreams streams = streams(new Progress());
        try (streams) {
            streams.cleanUp();
        }
        TopicAdmin admin = new TopicAdmin(setting.bootstrapServers());
        try (admin) {
            admin.delete(admin.partitionCounts().keySet().stream()
                    .filter(topic -> topic.startsWith(application()))
                    .toList());
        }
    }

    @Override
    public Found found() {
        return Results.found(setting.bootstrapServers());
    }

    @Override
    public void close() {
        // each drain has closed what it started
    }

    private KafkaStreams streams(Progress progress) {
        return new KafkaStreams(new StreamsTopology(keeps, progress).build(), properties());
    }

    private String application() {
        return "bench-streams-" + ProcessHandle.current().pid() + "-" + started;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, setting.bootstrapServers());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, setting.parallelism());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                setting.directory().resolve("streams").toString());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        // As often as the other contenders take checkpoints.
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10_000);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        return properties;
    }

    /** Pulses included. */
    private long recordsInFeeds() throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic feed : FEEDS) {
            for (int partition = 0; partition < BenchTopics.PARTITIONS; partition++) {
                ends.put(new TopicPartition(BenchTopics.name(feed), partition), OffsetSpec.latest());
            }
        }
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", setting.bootstrapServers()))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }
}
