package io.tillwatch.responder.kafka;

import io.tillwatch.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the topics are.
 *
 * @param client settings of every Kafka client, {@code bootstrap.servers} included
 * @param topicPrefix what the names of topics begin with
 * @param groupId the consumer group of all instances
 */
public record KafkaSettings(Map<String, String> client, String topicPrefix, String groupId) {

    public static final String GROUP_DEFAULT = "tillwatch-responder";

    public KafkaSettings {
        client = Map.copyOf(client);
    }

    public String topic(Topic topic) {
        return topic.name(topicPrefix);
    }

    /** These over the client's own. */
    Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(client);
        all.putAll(more);
        return all;
    }

    /** By name only: the values may hold passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[client=" + client.keySet() + ", topicPrefix=" + topicPrefix + ", groupId=" + groupId
                + "]";
    }
}
