package io.tillwatch.query;

import io.tillwatch.query.snapshot.Progress;
import io.tillwatch.query.snapshot.Snapshot;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the records are, and where they are kept between questions. */
public final class SourceOptions {

    /** Who waits at a terminal is told sooner than by Kafka's minute. */
    private static final String ANSWER_WITHIN_MILLIS = "15000";

    @Option(names = "--bootstrap", description = "Kafka, as host:port[,host:port].")
    private String bootstrapOrNull;

    @Option(
            names = "--topic-prefix",
            defaultValue = Topic.DEFAULT_PREFIX,
            description = "What the names of topics begin with; ${DEFAULT-VALUE}.")
    private String prefix;

    @Option(names = "--kafka", description = "Further settings of the Kafka client, as NAME=VALUE.")
    private Map<String, String> kafka = Map.of();

    @Option(
            names = "--kafka-settings",
            paramLabel = "FILE",
            description = "Settings of the Kafka client, for example for SASL and TLS, as a properties file.")
    private Path kafkaSettingsOrNull;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Who is asked for the schemas of records that name theirs by a registry's id.")
    private String registryOrNull;

    @Option(
            names = "--snapshot",
            paramLabel = "DIR",
            description = "Where what was read is kept; by default a directory for this Kafka in the user's cache.")
    private Path snapshotOrNull;

    @Option(names = "--fresh", description = "Forget what was read before and read all again.")
    private boolean fresh;

    @Option(names = "--offline", description = "Ask what was read before, without Kafka.")
    private boolean offline;

    @Option(
            names = "--zone",
            defaultValue = "UTC",
            description =
                    "Where days begin, and the zone of the times shown, for example Asia/Shanghai; ${DEFAULT-VALUE}.")
    private String zone;

    ZoneId zone() {
        return ZoneId.of(zone);
    }

    /** The same while it is not known whether it is one. */
    ZoneId zoneOrUtc() {
        try {
            return zone();
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** What is wrong with them, each with its remedy. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (bootstrapOrNull == null && !offline) {
            problems.add("it is not said where Kafka is: give --bootstrap host:port, or --offline");
        }
        if (offline && fresh) {
            problems.add("--fresh reads from Kafka and --offline does not: leave one out");
        }
        if (offline && bootstrapOrNull == null && snapshotOrNull == null) {
            problems.add("it is not said which snapshot: give --snapshot DIR, or the --bootstrap it was read from");
        }
        if (kafkaSettingsOrNull != null && !Files.isReadable(kafkaSettingsOrNull)) {
            problems.add("--kafka-settings " + kafkaSettingsOrNull + " cannot be read: name a readable file");
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("--zone " + zone + " is no time zone: give one such as UTC or Asia/Shanghai");
        }
        if (kafkaSettingsOrNull == null || Files.isReadable(kafkaSettingsOrNull)) {
            registryProblems(problems);
        }
        try {
            Topic.ALERTS.name(prefix);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    private void registryProblems(List<String> problems) {
        try {
            RegistrySettings unused = RegistrySettings.of(clientSettings(), problems);
        } catch (IOException e) {
            problems.add("--kafka-settings " + kafkaSettingsOrNull + " cannot be read: name a readable file");
        }
    }

    /** Brings it up to date, unless that is not wanted. */
    Snapshot snapshot(Progress progress) throws IOException {
        Snapshot snapshot = new Snapshot(directory(), progress);
        if (!offline) {
            snapshot.bringUpToDate(clientSettings(), prefix, fresh);
        }
        return snapshot;
    }

    /** Says all problems at once. */
    static void refuse(List<String> problems, CommandLine line) {
        if (!problems.isEmpty()) {
            throw new CommandLine.ParameterException(line, String.join(System.lineSeparator(), problems));
        }
    }

    private Path directory() {
        if (snapshotOrNull != null) {
            return snapshotOrNull;
        }
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        // What could not be read without a registry is not looked at again: with one it is another snapshot.
        String source = bootstrapOrNull + "\n" + prefix + (registryOrNull == null ? "" : "\n" + registryOrNull);
        // A name that any host and port can be made into.
        UUID name = UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
        return cache.resolve("tillwatch").resolve("snapshot-" + name);
    }

    private Map<String, Object> clientSettings() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        if (kafkaSettingsOrNull != null) {
            Properties file = new Properties();
            try (Reader reader = Files.newBufferedReader(kafkaSettingsOrNull)) {
                file.load(reader);
            }
            file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
        }
        settings.putAll(kafka);
        settings.put("bootstrap.servers", bootstrapOrNull);
        if (registryOrNull != null) {
            settings.put(RegistrySettings.URL, registryOrNull);
        }
        settings.putIfAbsent("request.timeout.ms", ANSWER_WITHIN_MILLIS);
        settings.putIfAbsent("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
        return settings;
    }
}
