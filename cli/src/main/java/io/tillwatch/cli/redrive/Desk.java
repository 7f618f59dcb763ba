package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.live.KafkaOptions;
import io.tillwatch.jobs.kafka.WriterSchemas;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.topic.Topic;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.AuthorizationException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands have in common: where the letters are, and how answers are given. */
final class Desk {

    /** Of what a mark says who did it. */
    private static final int ACCOUNT_CHARACTERS_MAX = 128;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--writer-schemas",
            paramLabel = "DIR",
            description = "Schemas of writers newer than this build: the folder that the jobs were given.")
    private String writerSchemasOrNull;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();
    private List<String> schemas = List.of();

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    Clock clock() {
        return clock;
    }

    /** What is wrong with these options, each with its remedy. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            Topic.DEAD_LETTERS.name(kafka.prefix());
        } catch (IllegalArgumentException e) {
            problems.add("--topic-prefix: " + e.getMessage());
        }
        if (writerSchemasOrNull != null) {
            List<String> wrong = new ArrayList<>();
            schemas = WriterSchemas.read(writerSchemasOrNull, wrong);
            wrong.forEach(problem -> problems.add("--" + problem));
        }
        RegistrySettings unused = RegistrySettings.of(kafka.clientSettings(), problems);
        return problems;
    }

    /** Says all that is wrong at once. */
    int refuse(List<String> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        err.flush();
        if (json) {
            ObjectNode root = Told.object();
            problems.forEach(root.putArray("problems")::add);
            answer(root);
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** For what goes wrong on the way. */
    void warn(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    void answer(ObjectNode root) {
        out().println(root);
        out().flush();
    }

    LetterBox box() {
        return new LetterBox(kafka.clientSettings(), kafka.prefix());
    }

    Checks checks() {
        List<Schema> newerWriters = WriterSchemas.parse(schemas);
        return new Checks(Wire.of(kafka.clientSettings()), kafka.prefix(), newerWriters, clock.millis());
    }

    /** Begins to write; what the user may not do is said with what allows it. */
    Sender sender() {
        String account = System.getProperty("user.name", "?");
        return Sender.begin(
                kafka.clientSettings(),
                kafka.prefix(),
                account.substring(0, Math.min(account.length(), ACCOUNT_CHARACTERS_MAX)),
                clock);
    }

    /** What a user who may not needs. */
    List<String> rights(AuthorizationException e) {
        Map<String, Object> client = kafka.clientSettings();
        return List.of(
                "Kafka does not allow it: " + e.getMessage(),
                "kafka-acls.sh --bootstrap-server " + client.get("bootstrap.servers")
                        + " --add --allow-principal User:NAME --operation Write --operation Describe --transactional-id "
                        + Sender.transactionalId(kafka.prefix())
                        + "; and ./tillwatch doctor --as redrive says what it must be able to do with topics");
    }

    /** The topics that letters and marks are in, where they are not there. */
    List<String> missingTopics() {
        return box().missing(Set.of(Topic.DEAD_LETTERS, Topic.REDRIVEN));
    }
}
