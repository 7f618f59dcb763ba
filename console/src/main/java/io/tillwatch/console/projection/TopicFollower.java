package io.tillwatch.console.projection;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.serving.work.SteadyThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all topics but the suspicions into the {@link Projection}, in a thread of its own, from where the tables say that they
 * are. No consumer group: the offsets stand in the tables. While Kafka or the database is away it tries again, ever more slowly.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration WAIT_MIN = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(1);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final int RECORDS_A_POLL = 2_000;

    private final ConsoleSettings.Kafka kafka;
    private final ConsoleSettings.Projection kept;
    private final Projection projection;
    private final Clock clock;
    private final Runnable changed;
    private final Map<String, Topic> topics;
    private final RecordSorter sorter;
    private final SteadyThread thread =
            new SteadyThread("projection", WAIT_MIN, WAIT_MAX, END_WITHIN, this::read, this::failed);
    private final Reach reach;
    private volatile String problem = "it has not begun to read";
    private Instant tidiedAt = Instant.EPOCH;
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant endsAt = Instant.EPOCH;

    /** @param changed is told, by this thread, when pages may look different */
    public TopicFollower(
            ConsoleSettings.Kafka kafka,
            ConsoleSettings.Projection kept,
            Projection projection,
            Clock clock,
            Runnable changed) {
        this.kafka = kafka;
        this.sorter = new RecordSorter(Wire.of(kafka.client()));
        this.kept = kept;
        this.projection = projection;
        this.clock = clock;
        this.changed = changed;
        this.topics = Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.SUSPICIONS && topic != Topic.REDRIVEN)
                .collect(Collectors.toMap(kafka::topic, Function.identity()));
        this.reach = new Reach(topics.values(), clock);
    }

    public void start() {
        thread.start();
    }

    /** What keeps it from reading, for people; null as long as all is well. */
    public String problem() {
        return problem;
    }

    /** How far it has come. */
    public Reach reach() {
        return reach;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
            follow(consumer);
        }
    }

    private void failed(RuntimeException e, Duration wait) {
        // Of the database's errors the state is enough, the rest holds values.
        problem = "topics cannot be read or kept: " + e.getClass().getSimpleName();
        LOG.warn("{}; again in {}", problem, wait);
        if (e instanceof JdbiException) {
            reach.database(false);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> all = new HashMap<>(kafka.client());
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Below what is kept there is nothing; above it a topic was made anew, and the tables must be too.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        return all;
    }

    /** Returns when the partitions are to be looked for anew, or another projection has begun. */
    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        Projection.Start start = projection.start();
        reach.database(true);
        List<TopicPartition> partitions = partitions(consumer);
        Map<Spot, Long> next = new HashMap<>();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Long known = start.offsets().get(spot(partition));
            next.put(spot(partition), known == null ? 0L : known);
            consumer.seek(partition, Math.max(begins.get(partition), known == null ? 0 : known));
        }
        // Also where another console reads and leaves nothing for this one.
        look(consumer, partitions);
        Instant until = clock.instant().plus(LOOK_FOR_PARTITIONS);
        problem = null;
        while (!thread.isClosing() && clock.instant().isBefore(until)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            // Where nothing comes, nothing would say that the tables were emptied.
            boolean goesOn = records.isEmpty()
                    ? projection.generation() == start.generation()
                    : take(records, start.generation(), next);
            if (!goesOn) {
                LOG.info("the projection was begun anew, or another console reads: going on from where it is");
                return;
            }
            reach.database(true);
            look(consumer, partitions);
            tidy();
        }
    }

    /** What was there at the last look and was read since; then, from time to time, what is there now. */
    private void look(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<Topic, Long> behind = new EnumMap<>(Topic.class);
        // Of a topic that is not there all was read.
        topics.values().forEach(topic -> behind.put(topic, 0L));
        Instant now = clock.instant();
        try {
            if (ends.keySet().containsAll(partitions)) {
                for (TopicPartition partition : partitions) {
                    long left = ends.get(partition) - consumer.position(partition, LOOK_WITHIN);
                    behind.merge(topics.get(partition.topic()), Math.max(0, left), Long::sum);
                }
                behind.forEach((topic, left) -> reach.looked(topic, left, endsAt));
            }
            if (now.isAfter(endsAt.plus(LOOK_EVERY)) || now.isBefore(endsAt)) {
                ends = consumer.endOffsets(partitions, LOOK_WITHIN);
                endsAt = now;
            }
        } catch (TimeoutException e) {
            // Kafka is away, and what is known grows old meanwhile: it is asked again soon.
            LOG.debug("Kafka does not say how much there is", e);
        }
    }

    private boolean take(ConsumerRecords<byte[], byte[]> records, int generation, Map<Spot, Long> next) {
        Batch batch = new Batch();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            sorter.sort(topics.get(record.topic()), record, batch);
        }
        Map<Spot, Long> from = new HashMap<>();
        batch.progress().keySet().forEach(spot -> from.put(spot, next.get(spot)));
        Taken taken = projection.take(generation, from, batch);
        if (taken instanceof Taken.In in) {
            batch.progress().forEach((spot, progress) -> next.put(spot, progress.nextOffset));
            count(records, batch);
            if (in.changed()) {
                changed.run();
            }
            return true;
        }
        return false;
    }

    private void count(ConsumerRecords<byte[], byte[]> records, Batch batch) {
        topics.forEach((name, topic) -> {
            long count = 0;
            for (TopicPartition partition : records.partitions()) {
                count += partition.topic().equals(name)
                        ? records.records(partition).size()
                        : 0;
            }
            long unreadable = batch.progress().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic.baseName()))
                    .mapToLong(entry -> entry.getValue().unreadable)
                    .sum();
            reach.took(topic, count, unreadable);
        });
    }

    private Spot spot(TopicPartition partition) {
        return new Spot(topics.get(partition.topic()).baseName(), partition.partition());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<String, List<PartitionInfo>> there = consumer.listTopics();
        topics.keySet().stream()
                .filter(there::containsKey)
                .flatMap(topic -> there.get(topic).stream())
                .forEach(one -> partitions.add(new TopicPartition(one.topic(), one.partition())));
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic whose name begins with " + kafka.topicPrefix()
                    + ": create them with ./tillwatch topics, or configure another kafka.topicPrefix");
        }
        return partitions;
    }

    private void tidy() {
        Instant now = clock.instant();
        if (now.isAfter(tidiedAt.plus(TIDY_EVERY))) {
            tidiedAt = now;
            projection.forget(kept.recordsKeptFor(), kept.alertsKeptFor(), now);
        }
    }
}
