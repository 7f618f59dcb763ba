package io.tillwatch.serving.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
public final class Part {

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    /** @param node an object; null, JSON's null and missing stand for an empty one */
    public Part(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.problems = problems;
        boolean absent = node == null || node.isNull() || node.isMissingNode();
        if (!absent && !node.isObject()) {
            problem("is not a section: write its fields below it, indented");
        }
        this.node = absent || !node.isObject() ? MissingNode.getInstance() : node;
    }

    /**
     * A file, YAML or JSON, as a whole; empty, with the problem told, if it cannot be read as such.
     *
     * @param problems all that will be found wrong, in the order of reading
     */
    public static Optional<Part> ofFile(Path file, List<String> problems) {
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            return Optional.of(new Part("", root, problems));
        } catch (JsonProcessingException e) {
            // Its message would quote what is around the mistake, which may be a secret.
            problems.add(file + ": is no YAML or JSON: look at line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            problems.add(file + ": cannot be read: give a file that this user may read");
        }
        return Optional.empty();
    }

    /** A part of this one; empty if it is not there. */
    public Part part(String name) {
        return new Part(at(name), field(name), problems);
    }

    /** The elements of a list, each a part; none if it is not there. */
    public List<Part> parts(String name) {
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

    /** The texts of a list; a single text counts as a list of one. */
    public List<String> list(String name) {
        JsonNode list = field(name);
        if (!list.isArray()) {
            return optional(name).map(List::of).orElse(List.of());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (one.isValueNode() && !one.asText().isBlank()) {
                texts.add(one.asText());
            } else {
                problem(name, "holds what is no text: give texts only");
            }
        }
        return texts;
    }

    public boolean isThere(String name) {
        return !field(name).isMissingNode() && !field(name).isNull();
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
        if (!isThere(name)) {
            problem(name, "is missing: give it, such as " + example);
        }
        return optional(name).orElse(example);
    }

    /** A URL that must be there, and over which secrets may go: {@link SafeUrl}. */
    public URI safeUrl(String name, String example) {
        Optional<URI> url = SafeUrl.of(required(name, example));
        if (url.isEmpty()) {
            problem(
                    name,
                    "is no https URL, nor an http one of this machine, and secrets would cross the network in the clear:"
                            + " give one such as " + example);
        }
        return url.orElseGet(() -> URI.create(example));
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

    /** A text that may be there, with a variable of the environment over it. */
    public Optional<String> over(Map<String, String> environment, String variable, String name) {
        Optional<String> inFile = optional(name);
        String said = environment.getOrDefault(variable, "");
        return said.isBlank() ? inFile : Optional.of(said);
    }

    /**
     * A secret: a variable of the environment, else what a file holds that a field names, without the white space around it.
     * It is never a part of a problem.
     */
    public Optional<String> secret(Map<String, String> environment, String variable, String fileField) {
        Optional<String> file = optional(fileField);
        String said = environment.getOrDefault(variable, "");
        return said.isBlank() ? file.flatMap(name -> secret(fileField, name)) : Optional.of(said);
    }

    private Optional<String> secret(String fileField, String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (!secret.isEmpty()) {
                return Optional.of(secret);
            }
            problem(fileField, file + " is empty: write the secret into it");
        } catch (IOException | InvalidPathException e) {
            problem(fileField, file + " cannot be read: make it, readable by this user only");
        }
        return Optional.empty();
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
        return optional(name).flatMap(text -> duration(name, text, min, max)).orElse(otherwise);
    }

    public Optional<Duration> optionalDuration(String name, Duration min, Duration max) {
        return optional(name).flatMap(text -> duration(name, text, min, max));
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

    private Optional<Duration> duration(String name, String text, Duration min, Duration max) {
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return Optional.of(value);
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        problem(name, "is no ISO 8601 duration in " + min + ".." + max + ", such as " + min);
        return Optional.empty();
    }

    private JsonNode field(String name) {
        known.add(name);
        return node.path(name);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
