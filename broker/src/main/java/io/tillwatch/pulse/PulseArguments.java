package io.tillwatch.pulse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The command line of {@link PulseWriterMain}.
 *
 * @param settings what is pulsed
 * @param clientSettings Kafka's client settings, {@code bootstrap.servers} among them
 */
record PulseArguments(PulseSettings settings, Map<String, String> clientSettings) {

    static final String USAGE = """
            usage: --bootstrap HOST:PORT[,…] --topics TOPIC[,…] [--interval-ms MS] [--config FILE]

              --bootstrap    where Kafka is
              --topics       the feeds; each of their partitions is pulsed
              --interval-ms  from one pulse to the next, 500 if not given
              --config       a properties file of Kafka client settings, such as SASL and TLS
            """;

    private static final Set<String> NAMES = Set.of("--bootstrap", "--topics", "--interval-ms", "--config");

    PulseArguments {
        clientSettings = Map.copyOf(clientSettings);
    }

    /** @throws IllegalArgumentException with every problem, a line each */
    static PulseArguments parse(String... args) {
        List<String> problems = new ArrayList<>();
        Map<String, String> given = pairs(args, problems);
        Map<String, String> client = clientSettings(given, problems);
        PulseSettings settings = settings(given, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new PulseArguments(settings, client);
    }

    private static Map<String, String> pairs(String[] args, List<String> problems) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!NAMES.contains(args[i])) {
                problems.add("unknown option " + args[i] + ": give only those of the usage, each with its value");
            } else if (i + 1 == args.length) {
                problems.add(args[i] + " has no value: give one");
            } else if (given.put(args[i], args[i + 1]) != null) {
                problems.add(args[i] + " is given twice: give it once");
            }
        }
        return given;
    }

    private static Map<String, String> clientSettings(Map<String, String> given, List<String> problems) {
        Map<String, String> client = new HashMap<>();
        if (given.containsKey("--config")) {
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(Path.of(given.get("--config")))) {
                properties.load(in);
                properties.stringPropertyNames().forEach(name -> client.put(name, properties.getProperty(name)));
            } catch (IOException | IllegalArgumentException e) {
                problems.add(
                        "--config " + given.get("--config") + " cannot be read (" + e + "): give a properties file");
            }
        }
        if (given.containsKey("--bootstrap")) {
            client.put("bootstrap.servers", given.get("--bootstrap"));
        }
        if (!client.containsKey("bootstrap.servers")) {
            problems.add("--bootstrap is missing: give where Kafka is, or bootstrap.servers in --config");
        }
        return client;
    }

    private static PulseSettings settings(Map<String, String> given, List<String> problems) {
        List<String> topics = Arrays.stream(given.getOrDefault("--topics", "").split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .toList();
        try {
            PulseSettings settings = PulseSettings.of(topics);
            String interval = given.get("--interval-ms");
            return interval == null ? settings : settings.every(Duration.ofMillis(Long.parseLong(interval)));
        } catch (NumberFormatException e) {
            problems.add(
                    "--interval-ms " + given.get("--interval-ms") + " is no number: give milliseconds, such as 500");
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return null;
    }
}
