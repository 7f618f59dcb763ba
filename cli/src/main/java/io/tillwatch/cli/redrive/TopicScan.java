package io.tillwatch.cli.redrive;

import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in topics, to where they end now. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MOVES_WITHIN = Duration.ofSeconds(30);

    private final Map<String, Object> client;
    private final String prefix;

    /** @param client settings of a Kafka client */
    TopicScan(Map<String, Object> client, String prefix) {
        this.client = Map.copyOf(client);
        this.prefix = prefix;
    }

    /** How many partitions these topics have; one that is not there is absent. Asking makes none. */
    Map<Topic, Integer> partitions(Set<Topic> topics) {
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            Map<Topic, KafkaFuture<TopicDescription>> asked = new EnumMap<>(Topic.class);
            topics.forEach(topic -> asked.put(
                    topic,
                    admin.describeTopics(List.of(topic.name(prefix)))
                            .topicNameValues()
                            .get(topic.name(prefix))));
            for (Map.Entry<Topic, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
                try {
                    partitions.put(
                            topic.getKey(), topic.getValue().get().partitions().size());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e.getCause() instanceof KafkaException kafka
                                ? kafka
                                : new KafkaException("Kafka's answer cannot be used", e.getCause());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for topics", e);
        }
        return partitions;
    }

    /** Reads a topic; nothing if it is not there. */
    void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
        Integer partitions = partitions(Set.of(topic)).get(topic);
        if (partitions == null) {
            return;
        }
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic.name(prefix), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
            consumer.seekToBeginning(all);
            Set<TopicPartition> left = new HashSet<>(all);
            left.removeIf(partition -> begins.get(partition) >= ends.get(partition));
            long movedAt = System.nanoTime();
            while (!left.isEmpty()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                        to.accept(record);
                    }
                }
                List<TopicPartition> done = new ArrayList<>(left);
                done.removeIf(partition -> consumer.position(partition) < ends.get(partition));
                consumer.pause(done);
                if (left.removeAll(done) || !records.isEmpty()) {
                    movedAt = System.nanoTime();
                } else if (System.nanoTime() - movedAt > MOVES_WITHIN.toNanos()) {
                    throw new TimeoutException("nothing more of topic " + topic.name(prefix) + " came within "
                            + MOVES_WITHIN.toSeconds() + " s");
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.putIfAbsent("client.id", "tillwatch-redrive");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
