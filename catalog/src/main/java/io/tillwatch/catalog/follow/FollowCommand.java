package io.tillwatch.catalog.follow;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.schemas.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.table.api.ValidationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one question on and on. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Follows the topics: rows come as they are found, until Ctrl-C. Flink's SQL, over the tables of ./tillwatch query.",
            "The column op says what becomes of a row: +I added, -U and +U changed from and to, -D taken back."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "2:bad usage, question or configuration", "130:ended by Ctrl-C"})
final class FollowCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "SQL",
            description = "The question, for example \"SELECT type, COUNT(*) AS n FROM alerts GROUP BY type\".")
    private String sql;

    @Option(names = "--follow", required = true, description = "Go on and on; without it a snapshot is asked once.")
    @SuppressWarnings("UnusedVariable") // The launcher chose this program by it.
    private boolean follow;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "table, csv or json (one object a line); ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--from",
            defaultValue = "earliest",
            description = "Where topics are read from: earliest, latest, or a time such as 2026-03-02T12:00:00Z;"
                    + " ${DEFAULT-VALUE}. What an answer rests on and came before is not known then.")
    private String from;

    @Option(names = "--until-now", description = "End with what is there at the start of the question.")
    private boolean untilNow;

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
            names = "--zone",
            defaultValue = "UTC",
            description =
                    "Where days begin, and the zone of the times shown, for example Asia/Shanghai; ${DEFAULT-VALUE}.")
    private String zone;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<String> problems = new ArrayList<>();
        Map<String, String> options = catalogOptions(problems);
        if (!problems.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        PrintWriter out = spec.commandLine().getOut();
        ZoneId shownIn = ZoneId.of(zone);
        try (EmbeddedFlink flink = new EmbeddedFlink()) {
            follower(flink, options, shownIn)
                    .follow(sql, names -> format.writer(names, shownIn, out), () -> !out.checkError());
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static Follower follower(EmbeddedFlink flink, Map<String, String> options, ZoneId shownIn) {
        try {
            return new Follower(flink, options, shownIn);
        } catch (ValidationException e) {
            throw Refusals.of(e);
        }
    }

    private Map<String, String> catalogOptions(List<String> problems) {
        Map<String, String> options = new HashMap<>();
        kafka.forEach((name, value) -> options.put("properties." + name, value));
        options.put("bootstrap.servers", bootstrap);
        options.put("topic-prefix", prefix);
        if (registryOrNull != null) {
            options.put("properties." + RegistrySettings.URL, registryOrNull);
        }
        if (kafkaSettingsOrNull != null) {
            if (!Files.isReadable(kafkaSettingsOrNull)) {
                problems.add("--kafka-settings " + kafkaSettingsOrNull + " cannot be read: name a readable file");
            }
            options.put("kafka-settings", kafkaSettingsOrNull.toString());
        }
        options.put("from", start(problems));
        options.put("bounded", Boolean.toString(untilNow));
        if (sql.isBlank()) {
            problems.add("the question is empty: give SQL");
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("--zone " + zone + " is no time zone: give one such as UTC or Asia/Shanghai");
        }
        try {
            Topic.ALERTS.name(prefix);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return options;
    }

    private String start(List<String> problems) {
        if (from.equals("earliest") || from.equals("latest")) {
            return from;
        }
        try {
            return Long.toString(Instant.parse(from).toEpochMilli());
        } catch (DateTimeParseException e) {
            problems.add("--from " + from + " is no place to begin: give earliest, latest, or a time such as"
                    + " 2026-03-02T12:00:00Z");
            return "earliest";
        }
    }
}
