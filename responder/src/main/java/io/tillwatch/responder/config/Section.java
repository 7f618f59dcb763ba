package io.tillwatch.responder.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
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
import java.util.function.Function;

/**
 * A part of the configuration, read field by field. What is wrong is added to the problems, with its path and remedy, and a
 * default stands in for it so that the reading goes on and finds the rest. A field that nobody asked for is a problem too:
 * most often it is a misspelt one.
 */
public final class Section {

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    /** @param node an object; null, JSON's null and missing stand for an empty one */
    public Section(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.problems = problems;
        boolean absent = node == null || node.isNull() || node.isMissingNode();
        if (!absent && !node.isObject()) {
            problem("is not a section: write its fields below it, indented");
        }
        this.node = absent || !node.isObject() ? MissingNode.getInstance() : node;
    }

    /** A part of this one; empty if it is not there. */
    public Section section(String name) {
        return new Section(at(name), field(name), problems);
    }

    /** As it stands in the file, for whoever reads it differently. */
    public JsonNode raw(String name) {
        return field(name);
    }

    /** The names of the fields, in the file's order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Every field as text by name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        names().forEach(name -> optional(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    /** A text that must be there. */
    public String required(String name, String example) {
        return optional(name).orElseGet(() -> {
            problem(name, "is missing: give it, such as " + example);
            return example;
        });
    }

    /** A text that may be there; a number or a truth value counts as written. */
    public Optional<String> optional(String name) {
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

    public boolean truth(String name, boolean otherwise) {
        return optional(name)
                .map(text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        problem(name, "is neither true nor false");
                    }
                    return text.equals("true");
                })
                .orElse(otherwise);
    }

    public int number(String name, int otherwise, int min, int max) {
        return (int) number(name, (long) otherwise, min, max);
    }

    public long number(String name, long otherwise, long min, long max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problem(name, "is no whole number in " + min + ".." + max);
        return otherwise;
    }

    public Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        return optional(name).map(text -> duration(name, text, min, max)).orElse(otherwise);
    }

    public Optional<Duration> optionalDuration(String name, Duration min, Duration max) {
        return optional(name).map(text -> duration(name, text, min, max));
    }

    public <E extends Enum<E>> E symbol(String name, String text, E otherwise, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        problem(name, "is none of " + List.of(type.getEnumConstants()));
        return otherwise;
    }

    /** A text as something else; if it is none such, that is a problem. */
    public <T> Optional<T> parsed(String name, String text, Function<String, T> parse, String problem) {
        try {
            return Optional.of(parse.apply(text));
        } catch (DateTimeException e) {
            problem(name, problem);
            return Optional.empty();
        }
    }

    /** To be called when all was read. */
    public void nothingElse() {
        for (String name : names()) {
            if (!known.contains(name)) {
                problem(name, "is not known here: known are " + new TreeSet<>(known));
            }
        }
    }

    /** Adds a problem of a field. */
    public void problem(String name, String what) {
        problems.add(at(name) + ": " + what);
    }

    private void problem(String what) {
        problems.add((path.isEmpty() ? "the configuration" : path) + ": " + what);
    }

    private Duration duration(String name, String text, Duration min, Duration max) {
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        problem(name, "is no ISO 8601 duration in " + min + ".." + max + ", such as PT10S");
        return min;
    }

    private JsonNode field(String name) {
        known.add(name);
        return node.path(name);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
