package io.tillwatch.cli.doctor;

import io.tillwatch.cli.doctor.KafkaState.TopicState;
import io.tillwatch.schemas.topic.Topic;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the topics. Reads no record and changes nothing. */
final class KafkaLook {

    private final Admin admin;
    private final String prefix;

    KafkaLook(Admin admin, String prefix) {
        this.admin = admin;
        this.prefix = prefix;
    }

    /**
     * All that there is.
     *
     * @throws KafkaException if Kafka does not answer
     */
    KafkaState look() {
        Map<Topic, KafkaFuture<TopicDescription>> asked = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            asked.put(
                    topic,
                    admin.describeTopics(
                                    Set.of(topic.name(prefix)),
                                    new DescribeTopicsOptions().includeAuthorizedOperations(true))
                            .topicNameValues()
                            .get(topic.name(prefix)));
        }
        Map<Topic, TopicState> seen = new EnumMap<>(Topic.class);
        Set<Topic> hidden = EnumSet.noneOf(Topic.class);
        asked.forEach((topic, future) -> {
            try {
                seen.put(topic, state(get(future)));
            } catch (UnknownTopicOrPartitionException e) {
                // It is absent from what was seen.
            } catch (AuthorizationException e) {
                hidden.add(topic);
            }
        });
        return new KafkaState(seen, hidden);
    }

    private TopicState state(TopicDescription topic) {
        return new TopicState(
                topic.partitions().size(),
                configIfSeen(topic.name()),
                topic.authorizedOperations() == null ? Set.of() : topic.authorizedOperations(),
                newestIfSeen(topic.name(), topic.partitions().size()));
    }

    private Optional<Map<String, String>> configIfSeen(String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Map<String, String> values = new HashMap<>();
            get(admin.describeConfigs(Set.of(resource)).values().get(resource)).entries().stream()
                    .filter(entry -> entry.value() != null)
                    .forEach(entry -> values.put(entry.name(), entry.value()));
            return Optional.of(values);
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private Optional<Map<Integer, Long>> newestIfSeen(String name, int partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        IntStream.range(0, partitions)
                .forEach(partition -> asked.put(new TopicPartition(name, partition), OffsetSpec.maxTimestamp()));
        try {
            Map<Integer, Long> newest = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                    get(admin.listOffsets(asked).all()).entrySet()) {
                if (found.getValue().offset() >= 0) {
                    newest.put(found.getKey().partition(), found.getValue().timestamp());
                }
            }
            return Optional.of(newest);
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("Kafka's answer cannot be used", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking Kafka", e);
        }
    }
}
