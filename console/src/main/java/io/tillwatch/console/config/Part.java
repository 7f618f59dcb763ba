package io.tillwatch.console.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part of the configuration. What is wrong joins the problems with its path and remedy, and the reading goes on with a
 * default, so that all problems are found at once. A field that nobody asked for is a problem too.
 */
final class Part {

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    Part(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.problems = problems;
        boolean absent = node == null || node.isNull() || node.isMissingNode();
        if (!absent && !node.isObject()) {
            problems.add((path.isEmpty() ? "the configuration" : path)
                    + ": is not a section: write its fields below it, indented");
        }
        this.node = absent || !node.isObject() ? MissingNode.getInstance() : node;
    }

    Part part(String name) {
        return new Part(at(name), field(name), problems);
    }

    /** The elements of a list; none if it is not there. */
    List<Part> parts(String name) {
        JsonNode list = field(name);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            problem(name, "is no list: begin each element with a hyphen");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            parts.add(new Part(at(name) + "[" + i + "]", list.get(i), problems));
        }
        return parts;
    }

    boolean isThere(String name) {
        return !field(name).isMissingNode() && !field(name).isNull();
    }

    Optional<String> optional(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode() || value.asText().isBlank()) {
            problem(name, "is no text: give one, or leave it out");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    String required(String name, String example) {
        if (!isThere(name)) {
            problem(name, "is missing: give it, such as " + example);
        }
        return optional(name).orElse(example);
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> optional(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    int number(String name, int otherwise, int min, int max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problem(name, "is no whole number in " + min + ".." + max);
        return otherwise;
    }

    Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration value = Duration.parse(text.get());
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        problem(name, "is no ISO 8601 duration in " + min + ".." + max + ", such as " + otherwise);
        return otherwise;
    }

    /** To be called when all was read. */
    void nothingElse() {
        node.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                problem(name, "is not known here: known are " + new TreeSet<>(asked));
            }
        });
    }

    void problem(String name, String what) {
        problems.add(at(name) + ": " + what);
    }

    private JsonNode field(String name) {
        asked.add(name);
        return node.path(name);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
