package io.tillwatch.cli.live;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where Kafka is and how its topics are named, for commands that need nothing else of it. */
public final class KafkaOptions {

    /** Who waits at a terminal is told sooner than by Kafka's minute. */
    private static final String ANSWER_WITHIN_MILLIS = "15000";

    @Option(names = "--bootstrap", required = true, description = "Kafka, as host:port[,host:port].")
    private String bootstrap;

    @Option(
            names = "--topic-prefix",
            defaultValue = Topic.DEFAULT_PREFIX,
            description = "What the names of topics begin with; ${DEFAULT-VALUE}.")
    private String prefix;

    @Option(names = "--kafka", description = "Further settings of the Kafka client, as NAME=VALUE.")
    private Map<String, String> kafka = Map.of();

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Who is asked for schemas by the ids of a registry; records are then written in its format.")
    private String registryOrNull;

    /** What the names of topics begin with. */
    public String prefix() {
        return prefix;
    }

    /** For every Kafka client. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("bootstrap.servers", bootstrap);
        if (registryOrNull != null) {
            settings.put(RegistrySettings.URL, registryOrNull);
        }
        settings.putIfAbsent("request.timeout.ms", ANSWER_WITHIN_MILLIS);
        settings.putIfAbsent("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
        return settings;
    }
}
