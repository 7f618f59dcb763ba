package io.tillwatch.cli.live;

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

    /** What the names of topics begin with. */
    public String prefix() {
        return prefix;
    }

    /** For every Kafka client. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("bootstrap.servers", bootstrap);
        settings.putIfAbsent("request.timeout.ms", ANSWER_WITHIN_MILLIS);
        settings.putIfAbsent("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
        return settings;
    }
}
