package io.tillwatch.jobs.kafka;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.signature.SigningKey;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job is told: {@code --name value} pairs, over environment variables {@code TILLWATCH_NAME}.
 *
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} included
 * @param topicPrefix what the names of topics begin with
 * @param groupId the consumer group under which the job shows how far it has read
 * @param parallelism of the operators; a source has no more tasks than its topic has partitions
 * @param checkpointEvery how often state is made safe
 * @param earlyWithin how far ahead of the clock an alert may be told; zero for never
 * @param watermarkEvery how often the clock is passed on
 * @param writerSchemas schemas of writers newer than this build, as JSON
 * @param signingKey what commands are signed with; empty: they are not signed
 */
public record JobSettings(
        Properties kafka,
        String topicPrefix,
        String groupId,
        int parallelism,
        Duration checkpointEvery,
        Duration earlyWithin,
        Duration watermarkEvery,
        List<String> writerSchemas,
        Optional<SigningKeyFile> signingKey) {

    private static final String KAFKA = "kafka.";
    private static final String REGISTRY = "schemaRegistry.";
    private static final String REGISTRY_URL = "schema-registry-url";
    private static final String SIGNING_KEY_ID = "signing-key-id";
    private static final String SIGNING_KEY_FILE = "signing-key-file";
    /** Longer is a mistake, and far longer does not fit into milliseconds. */
    private static final Duration DURATION_MAX = Duration.ofDays(1);

    private static final Set<String> NAMES = Set.of(
            "bootstrap",
            "topic-prefix",
            "group-id",
            "parallelism",
            "checkpoint-every",
            "early-within",
            "watermark-every",
            "writer-schemas",
            REGISTRY_URL,
            SIGNING_KEY_ID,
            SIGNING_KEY_FILE);

    /** The settings, or all that is wrong with them, each with its remedy. */
    public sealed interface Result {
        /** They can be used. */
        record Good(JobSettings settings) implements Result {}

        /** They cannot. */
        record Bad(List<String> problems) implements Result {}
    }

    /**
     * Reads settings.
     *
     * @param defaultGroupId for a job that is not told
     */
    public static Result of(String[] args, Map<String, String> environment, String defaultGroupId) {
        List<String> problems = new ArrayList<>();
        Map<String, String> given = given(args, environment, problems);
        Properties kafka = new Properties();
        given.forEach((name, value) -> {
            if (name.startsWith(KAFKA)) {
                kafka.put(name.substring(KAFKA.length()), value);
            } else if (name.startsWith(REGISTRY)) {
                kafka.put(RegistrySettings.PREFIX + name.substring(REGISTRY.length()), value);
            } else if (name.equals(REGISTRY_URL)) {
                kafka.put(RegistrySettings.URL, value);
            }
        });
        String bootstrap = given.get("bootstrap");
        if (bootstrap == null || bootstrap.isBlank()) {
            problems.add("bootstrap: is missing; give --bootstrap host:port[,host:port]");
        } else {
            kafka.put("bootstrap.servers", bootstrap);
        }
        String prefix = given.getOrDefault("topic-prefix", Topic.DEFAULT_PREFIX);
        try {
            for (Topic topic : Topic.values()) {
                topic.name(prefix);
            }
        } catch (IllegalArgumentException e) {
            problems.add("topic-prefix: " + e.getMessage());
        }
        RegistrySettings unused = RegistrySettings.of(kafka, problems);
        JobSettings settings = new JobSettings(
                kafka,
                prefix,
                given.getOrDefault("group-id", defaultGroupId),
                number(given, "parallelism", 1, 1, 1024, problems),
                duration(given, "checkpoint-every", Duration.ofSeconds(10), Duration.ofMillis(100), problems),
                duration(given, "early-within", Duration.ofSeconds(2), Duration.ZERO, problems),
                duration(given, "watermark-every", Duration.ofMillis(20), Duration.ofMillis(1), problems),
                given.containsKey("writer-schemas")
                        ? WriterSchemas.read(given.get("writer-schemas"), problems)
                        : List.of(),
                signingKey(given, problems));
        return problems.isEmpty() ? new Result.Good(settings) : new Result.Bad(problems);
    }

    /** The name of a topic. */
    public String topic(Topic topic) {
        return topic.name(topicPrefix);
    }

    /** Who is asked for schemas by id; checked when these settings were read. */
    public RegistrySettings registry() {
        return RegistrySettings.of(kafka, new ArrayList<>());
    }

    /** The same settings under another consumer group. */
    public JobSettings inGroup(String otherGroupId) {
        return new JobSettings(
                kafka,
                topicPrefix,
                otherGroupId,
                parallelism,
                checkpointEvery,
                earlyWithin,
                watermarkEvery,
                writerSchemas,
                signingKey);
    }

    private static Map<String, String> given(String[] args, Map<String, String> environment, List<String> problems) {
        Map<String, String> given = new TreeMap<>();
        for (String name : NAMES) {
            String value = environment.get("TILLWATCH_" + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
            if (value != null) {
                given.put(name, value);
            }
        }
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
            if (!NAMES.contains(name) && !name.startsWith(KAFKA) && !name.startsWith(REGISTRY)) {
                problems.add(args[i] + ": is not known; known are --" + String.join(", --", new TreeSet<>(NAMES))
                        + ", --kafka.SETTING and --schemaRegistry.SETTING");
            } else if (i + 1 == args.length) {
                problems.add(args[i] + ": has no value; give one after it");
            } else {
                given.put(name, args[i + 1]);
            }
        }
        return given;
    }

    private static Optional<SigningKeyFile> signingKey(Map<String, String> given, List<String> problems) {
        String id = given.get(SIGNING_KEY_ID);
        String file = given.get(SIGNING_KEY_FILE);
        if (id == null && file == null) {
            return Optional.empty();
        }
        if (id == null || file == null) {
            problems.add((id == null ? SIGNING_KEY_ID : SIGNING_KEY_FILE)
                    + ": is missing; a signing key has a name and a" + " file: give both, or neither");
            return Optional.empty();
        }
        SigningKeyFile key = new SigningKeyFile(id, file);
        try {
            SigningKey unused = key.read();
        } catch (IllegalArgumentException e) {
            problems.add(SIGNING_KEY_FILE + ": " + e.getMessage());
        }
        return Optional.of(key);
    }

    private static int number(
            Map<String, String> given, String name, int otherwise, int min, int max, List<String> problems) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        problems.add(name + ": " + text + " is no whole number in " + min + ".." + max);
        return otherwise;
    }

    private static Duration duration(
            Map<String, String> given, String name, Duration otherwise, Duration min, List<String> problems) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(DURATION_MAX) <= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        problems.add(
                name + ": " + text + " is no ISO 8601 duration in " + min + ".." + DURATION_MAX + ", such as PT10S");
        return otherwise;
    }
}
