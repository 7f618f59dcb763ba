package io.tillwatch.query.snapshot;

import io.tillwatch.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a topic holds at this moment.
 *
 * @param topicId of this topic, and of no other that had or will have its name
 * @param ranges what each partition holds
 */
record TopicState(String topicId, Map<Integer, Range> ranges) {

    TopicState {
        ranges = Map.copyOf(ranges);
    }

    /**
     * Offsets of a partition.
     *
     * @param first that is still there
     * @param end one past the last that is committed
     */
    record Range(long first, long end) {}

    /** The topics that there are. */
    static Map<Topic, TopicState> of(Map<String, Object> kafka, String prefix) {
        Map<Topic, TopicState> states = new EnumMap<>(Topic.class);
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            Map<Topic, KafkaFuture<TopicDescription>> asked = new EnumMap<>(Topic.class);
            for (Topic topic : Topic.values()) {
                String name = topic.name(prefix);
                asked.put(
                        topic,
                        admin.describeTopics(List.of(name)).topicNameValues().get(name));
            }
            for (Map.Entry<Topic, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
                TopicDescription described = presentOrNull(topic.getKey().name(prefix), topic.getValue());
                if (described != null) {
                    states.put(topic.getKey(), of(admin, described));
                }
            }
        }
        return states;
    }

    private static TopicState of(Admin admin, TopicDescription topic) {
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartitionInfo partition : topic.partitions()) {
            TopicPartition place = new TopicPartition(topic.name(), partition.partition());
            earliest.put(place, OffsetSpec.earliest());
            latest.put(place, OffsetSpec.latest());
        }
        String what = "ask for the offsets of topic " + topic.name();
        Map<TopicPartition, ListOffsetsResultInfo> first =
                get(what, admin.listOffsets(earliest).all());
        Map<TopicPartition, ListOffsetsResultInfo> end = get(
                what,
                admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<Integer, Range> ranges = new TreeMap<>();
        first.forEach((place, info) -> ranges.put(
                place.partition(), new Range(info.offset(), end.get(place).offset())));
        return new TopicState(topic.topicId().toString(), ranges);
    }

    private static TopicDescription presentOrNull(String name, KafkaFuture<TopicDescription> described) {
        try {
            return get("describe topic " + name, described);
        } catch (SnapshotException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private static <T> T get(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new SnapshotException(
                    "cannot " + what + ": " + e.getCause().getMessage()
                            + "\nLook whether Kafka is there, and at --bootstrap and the settings of its client",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SnapshotException("interrupted: " + what, e);
        }
    }
}
