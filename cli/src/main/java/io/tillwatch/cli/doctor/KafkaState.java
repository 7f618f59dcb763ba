package io.tillwatch.cli.doctor;

import io.tillwatch.schemas.topic.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What was seen of a Kafka.
 *
 * @param topics what there is of each topic; one that is not there is absent
 * @param hidden topics of which this user may not know whether they are there
 */
record KafkaState(Map<Topic, TopicState> topics, Set<Topic> hidden) {

    KafkaState {
        topics = Map.copyOf(topics);
        hidden = Set.copyOf(hidden);
    }

    /**
     * What was seen of a topic.
     *
     * @param config by Kafka's names; empty if this user may not see it
     * @param allowed what this user may do with it
     * @param newest the newest timestamp of each partition, milliseconds since the epoch; absent for one that holds nothing;
     *     empty as a whole if this user may not see it
     */
    record TopicState(
            int partitions,
            Optional<Map<String, String>> config,
            Set<AclOperation> allowed,
            Optional<Map<Integer, Long>> newest) {

        TopicState {
            config = config.map(Map::copyOf);
            allowed = Set.copyOf(allowed);
            newest = newest.map(Map::copyOf);
        }
    }
}
