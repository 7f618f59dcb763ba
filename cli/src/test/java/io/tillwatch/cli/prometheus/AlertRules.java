package io.tillwatch.cli.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for Prometheus that are in {@code deploy}. */
public final class AlertRules {

    static final Path DIRECTORY = Path.of("..", "deploy", "prometheus");

    private static final Pattern EXPRESSION = Pattern.compile("expr: .*(\\R\\s+(?!for|labels).*)*");

    private AlertRules() {}

    /** The metrics that expressions name, of those that begin so. */
    public static Set<String> metricsNamed(String prefix) throws IOException {
        String expressions =
                EXPRESSION.matcher(text()).results().map(found -> found.group()).collect(Collectors.joining("\n"));
        return Pattern.compile("\\b" + prefix + "\\w+")
                .matcher(expressions)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the alerts. */
    static Set<String> alerts() throws IOException {
        return Pattern.compile("- alert: (\\w+)")
                .matcher(text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text() throws IOException {
        return Files.readString(DIRECTORY.resolve("tillwatch.rules.yml"));
    }
}
