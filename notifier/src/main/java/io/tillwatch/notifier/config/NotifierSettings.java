package io.tillwatch.notifier.config;

import io.tillwatch.notifier.text.Templates;
import io.tillwatch.serving.config.KafkaPart;
import io.tillwatch.serving.config.Part;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the notifier is told.
 *
 * @param groupId what the consumer groups of webhooks begin with
 * @param source who tells, as CloudEvents' source
 * @param consoleUrl where the console is, for links
 * @param templates the texts for merchants and cardholders
 */
public record NotifierSettings(
        KafkaPart kafka,
        String groupId,
        URI source,
        Optional<URI> consoleUrl,
        Templates templates,
        Monitor monitor,
        List<AlertmanagerSettings> alertmanagers,
        List<WebhookSettings> webhooks) {

    private static final int PORT_MAX = 65_535;
    private static final int MONITOR_PORT = 8495;
    /** Each has threads and a consumer of its own. */
    private static final int DESTINATIONS_MAX = 50;

    public NotifierSettings {
        alertmanagers = List.copyOf(alertmanagers);
        webhooks = List.copyOf(webhooks);
    }

    /**
     * Where health and metrics are.
     *
     * @param port 0 for any free one
     */
    public record Monitor(String host, int port) {}

    /** The settings, or all that is wrong with them. */
    public sealed interface Result {
        record Good(NotifierSettings settings) implements Result {}

        record Bad(List<String> problems) implements Result {}
    }

    /**
     * Reads a file, YAML or JSON, with the environment over it: {@code TILLWATCH_BOOTSTRAP}, {@code TILLWATCH_TOPIC_PREFIX},
     * and the variables that it names for secrets.
     */
    public static Result read(Path file, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        return Part.ofFile(file, problems)
                .map(all -> of(all, environment, problems))
                .orElseGet(() -> new Result.Bad(List.copyOf(problems)));
    }

    private static Result of(Part all, Map<String, String> environment, List<String> problems) {
        Part kafkaPart = all.part("kafka");
        KafkaPart kafka = KafkaPart.read(kafkaPart, environment);
        String group = kafkaPart.optional("groupId").orElse("tillwatch-notifier");
        kafkaPart.nothingElse();
        DestinationReader reader = new DestinationReader(environment);
        URI source = reader.uri(all, "source", all.optional("source").orElse("/tillwatch"));
        Optional<URI> console = all.optional("consoleUrl").map(text -> reader.webUri(all, "consoleUrl", text));
        Templates templates = Templates.load(all.optional("templates").map(Path::of), problems);
        Monitor monitor = monitor(all.part("monitor"));
        List<AlertmanagerSettings> alertmanagers =
                all.parts("alertmanagers").stream().map(reader::alertmanager).toList();
        List<WebhookSettings> webhooks =
                all.parts("webhooks").stream().map(reader::webhook).toList();
        all.nothingElse();
        number(all, alertmanagers, webhooks);
        return problems.isEmpty()
                ? new Result.Good(new NotifierSettings(
                        kafka, group, source, console, templates, monitor, alertmanagers, webhooks))
                : new Result.Bad(List.copyOf(problems));
    }

    private static Monitor monitor(Part part) {
        Monitor monitor =
                new Monitor(part.optional("host").orElse("127.0.0.1"), part.number("port", MONITOR_PORT, 0, PORT_MAX));
        part.nothingElse();
        return monitor;
    }

    private static void number(Part all, List<AlertmanagerSettings> alertmanagers, List<WebhookSettings> webhooks) {
        List<String> names = new ArrayList<>();
        alertmanagers.forEach(one -> names.add(one.name()));
        webhooks.forEach(one -> names.add(one.name()));
        if (names.isEmpty()) {
            all.problem("webhooks", "there is nobody to tell: give at least one of webhooks, or of alertmanagers");
        } else if (names.size() > DESTINATIONS_MAX) {
            all.problem(
                    "webhooks",
                    "there are " + names.size() + " destinations, more than " + DESTINATIONS_MAX
                            + ": divide them among several notifiers with different kafka.groupId");
        }
        Set<String> seen = new HashSet<>();
        names.stream().filter(name -> !seen.add(name)).distinct().forEach(name -> {
            all.problem("webhooks", "two destinations are named " + name + ": give each a name of its own");
        });
    }
}
