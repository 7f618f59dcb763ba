package io.tillwatch.broker;

import java.util.Map;

/**
 * A topic to be made.
 *
 * @param name as Kafka allows it: up to 249 letters, digits, dots, underscores and hyphens
 * @param partitions at least 1
 * @param config the topic's own settings, for example {@code message.timestamp.type}; the broker's for all others
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    public TopicSpec {
        config = Map.copyOf(config);
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic " + name + " with " + partitions + " partitions: give at least 1");
        }
    }
}
