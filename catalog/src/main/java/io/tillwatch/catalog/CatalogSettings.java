package io.tillwatch.catalog;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.ValidationException;

/**
 * Where the topics are and how far they are read.
 *
 * @param kafka settings of every client
 * @param prefix what the names of topics begin with
 * @param start from where topics are read
 * @param bounded whether they are read to their present end only, though the question is not a batch
 */
public record CatalogSettings(Map<String, String> kafka, String prefix, Start start, boolean bounded) {

    static final String BOOTSTRAP = "bootstrap.servers";
    static final String PREFIX = "topic-prefix";
    static final String FROM = "from";
    static final String BOUNDED = "bounded";
    static final String KAFKA_SETTINGS = "kafka-settings";
    /** As in Flink's own connector. */
    static final String PROPERTIES = "properties.";

    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("type", "property-version", BOOTSTRAP, PREFIX, FROM, BOUNDED, KAFKA_SETTINGS));
    /** Who waits for an answer is told sooner than by Kafka's minute. */
    private static final String ANSWER_WITHIN_MILLIS = "15000";

    public CatalogSettings {
        kafka = Map.copyOf(kafka);
    }

    /** From where topics are read. */
    public sealed interface Start {
        /** All that is there. */
        record Earliest() implements Start {}

        /** What comes from now on. */
        record Latest() implements Start {}

        /** What was written at this time or later, milliseconds since the epoch. */
        record At(long epochMillis) implements Start {}
    }

    /**
     * Of the options of {@code CREATE CATALOG}.
     *
     * @throws ValidationException that says all that is wrong, each with its remedy
     */
    static CatalogSettings of(Map<String, String> options) {
        List<String> problems = new ArrayList<>();
        Map<String, String> kafka = new HashMap<>(fileOf(options.get(KAFKA_SETTINGS), problems));
        options.forEach((name, value) -> {
            if (name.startsWith(PROPERTIES)) {
                kafka.put(name.substring(PROPERTIES.length()), value);
            } else if (!KNOWN.contains(name)) {
                problems.add("'" + name + "' is no option of this catalog: leave it out; there are "
                        + String.join(", ", KNOWN) + " and " + PROPERTIES + "NAME for Kafka's client");
            }
        });
        String bootstrap = options.getOrDefault(BOOTSTRAP, kafka.get(BOOTSTRAP));
        if (bootstrap == null || bootstrap.isBlank()) {
            problems.add("it is not said where Kafka is: give '" + BOOTSTRAP + "' = 'host:port'");
        } else {
            kafka.put(BOOTSTRAP, bootstrap);
        }
        String prefix = options.getOrDefault(PREFIX, Topic.DEFAULT_PREFIX);
        try {
            Topic.ALERTS.name(prefix);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        RegistrySettings unused = RegistrySettings.of(kafka, problems);
        Start start = startOf(options.getOrDefault(FROM, "earliest"), problems);
        String bounded = options.getOrDefault(BOUNDED, "false");
        if (!bounded.equals("true") && !bounded.equals("false")) {
            problems.add("'" + BOUNDED + "' = '" + bounded + "' is neither 'true' nor 'false': give one of them");
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(String.join("\n", problems));
        }
        kafka.putIfAbsent("request.timeout.ms", ANSWER_WITHIN_MILLIS);
        kafka.putIfAbsent("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
        return new CatalogSettings(kafka, prefix, start, bounded.equals("true"));
    }

    /** Who is asked for schemas by id; checked when these settings were read. */
    public RegistrySettings registry() {
        return RegistrySettings.of(kafka, new ArrayList<>());
    }

    private static Start startOf(String from, List<String> problems) {
        if (from.equals("earliest")) {
            return new Start.Earliest();
        }
        if (from.equals("latest")) {
            return new Start.Latest();
        }
        if (from.matches("[0-9]{1,15}")) {
            return new Start.At(Long.parseLong(from));
        }
        problems.add("'" + FROM + "' = '" + from
                + "' is no place to begin: give earliest, latest, or milliseconds since the epoch");
        return new Start.Earliest();
    }

    /** Secrets belong there: what a catalog is created with is shown to whoever asks for it. */
    private static Map<String, String> fileOf(String pathOrNull, List<String> problems) {
        Map<String, String> settings = new HashMap<>();
        if (pathOrNull != null) {
            Properties file = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(pathOrNull))) {
                file.load(reader);
                file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
            } catch (IOException | IllegalArgumentException e) {
                problems.add("'" + KAFKA_SETTINGS + "' = '" + pathOrNull
                        + "' cannot be read as a properties file: name one that can");
            }
        }
        return settings;
    }
}
