package io.tillwatch.cli.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards for Grafana that are in {@code deploy}. */
public final class Dashboards {

    static final Path DIRECTORY = Path.of("..", "deploy", "grafana");

    private static final Pattern NOT_A_METRIC = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]"
                    + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\b(?:and|or|unless|bool|offset)\\b");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_][a-zA-Z0-9_]*+(?!\\s*\\()");
    private static final Pattern VARIABLE_QUERY = Pattern.compile("label_values\\((\\w+), *\\w+\\)");

    private Dashboards() {}

    /**
     * A query of a panel.
     *
     * @param where dashboard and panel, for people
     * @param legend with labels in double braces
     */
    public record Query(String where, String expression, String legend) {

        /** As Prometheus takes it: all values of each variable, and rates over an interval. */
        public String asked(String rateInterval) {
            return expression.replace("$__rate_interval", rateInterval).replaceAll("\\$[a-z]+", ".*");
        }

        /** The metrics that it names. */
        public Set<String> metrics() {
            return namedIn(expression);
        }

        /** The labels that its series must have. */
        public Set<String> labels() {
            Set<String> labels = new TreeSet<>();
            Pattern.compile("\\{\\{(\\w+)}}").matcher(legend).results().forEach(found -> labels.add(found.group(1)));
            return labels;
        }
    }

    static Map<String, JsonNode> all() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("dashboards"))) {
            for (Path file : files.sorted().toList()) {
                all.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("dashboards cannot be read", e);
        }
        return all;
    }

    /** Of all panels of all dashboards. */
    public static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        all().forEach((file, dashboard) -> {
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            file + ": " + panel.path("title").asText(),
                            target.path("expr").asText(),
                            target.path("legendFormat").asText()));
                }
            }
        });
        return queries;
    }

    /** The metrics from which the values of variables are taken. */
    static Set<String> metricsOfVariables() {
        Set<String> names = new TreeSet<>();
        for (JsonNode dashboard : all().values()) {
            for (JsonNode variable : dashboard.at("/templating/list")) {
                VARIABLE_QUERY
                        .matcher(variable.at("/query/query").asText())
                        .results()
                        .forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    /** What is left of an expression without texts, labels and functions. */
    static Set<String> namedIn(String expression) {
        Set<String> names = new TreeSet<>();
        String rest = NOT_A_METRIC.matcher(expression).replaceAll(" ");
        NAME.matcher(rest).results().forEach(found -> names.add(found.group()));
        return names;
    }
}
