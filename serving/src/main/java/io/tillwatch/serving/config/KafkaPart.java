package io.tillwatch.serving.config;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the topics are, as every process is told: {@code bootstrap}, {@code topicPrefix}, {@code settings} and
 * {@code schemaRegistry}, with {@code TILLWATCH_BOOTSTRAP}, {@code TILLWATCH_TOPIC_PREFIX} and
 * {@code TILLWATCH_SCHEMA_REGISTRY_URL} over them.
 *
 * @param client settings of every Kafka client, {@code bootstrap.servers} and those of the registry included
 * @param topicPrefix what the names of topics begin with
 */
public record KafkaPart(Map<String, String> client, String topicPrefix) {

    public KafkaPart {
        client = Map.copyOf(client);
    }

    /** Reads these four fields; others of the part are the caller's. */
    public static KafkaPart read(Part part, Map<String, String> environment) {
        Map<String, String> client = new LinkedHashMap<>(part.part("settings").texts());
        client.put(
                "bootstrap.servers",
                part.over(environment, "TILLWATCH_BOOTSTRAP", "bootstrap")
                        .orElseGet(() -> part.required("bootstrap", "host:9092")));
        part.part("schemaRegistry").texts().forEach((name, value) -> client.put(RegistrySettings.PREFIX + name, value));
        String registry = environment.getOrDefault("TILLWATCH_SCHEMA_REGISTRY_URL", "");
        if (!registry.isBlank()) {
            client.put(RegistrySettings.URL, registry);
        }
        List<String> problems = new ArrayList<>();
        RegistrySettings unused = RegistrySettings.of(client, problems);
        problems.forEach(problem -> part.problem("schemaRegistry", problem));
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
