package io.tillwatch.serving.config;

import io.tillwatch.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the topics are, as every process is told: {@code bootstrap}, {@code topicPrefix} and {@code settings}, with
 * {@code TILLWATCH_BOOTSTRAP} and {@code TILLWATCH_TOPIC_PREFIX} over them.
 *
 * @param client settings of every Kafka client, {@code bootstrap.servers} included
 * @param topicPrefix what the names of topics begin with
 */
public record KafkaPart(Map<String, String> client, String topicPrefix) {

    public KafkaPart {
        client = Map.copyOf(client);
    }

    /** Reads these three fields; others of the part are the caller's. */
    public static KafkaPart read(Part part, Map<String, String> environment) {
        Map<String, String> client = new LinkedHashMap<>(part.part("settings").texts());
        client.put(
                "bootstrap.servers",
                part.over(environment, "TILLWATCH_BOOTSTRAP", "bootstrap")
                        .orElseGet(() -> part.required("bootstrap", "host:9092")));
        String prefix =
                part.over(environment, "TILLWATCH_TOPIC_PREFIX", "topicPrefix").orElse(Topic.DEFAULT_PREFIX);
        try {
            for (Topic topic : Topic.values()) {
                topic.name(prefix);
            }
        } catch (IllegalArgumentException e) {
            part.problem("topicPrefix", e.getMessage());
        }
        return new KafkaPart(client, prefix);
    }

    public String topic(Topic topic) {
        return topic.name(topicPrefix);
    }

    /** By name only: the values may hold passwords. */
    @Override
    public String toString() {
        return "KafkaPart[client=" + client.keySet() + ", topicPrefix=" + topicPrefix + "]";
    }
}
