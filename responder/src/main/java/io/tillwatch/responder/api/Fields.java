package io.tillwatch.responder.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of a request's body, or its query, and collects all that is wrong with them. A value that could not be
 * read is given as an empty or least one: ask {@link #refusal()} before using any.
 */
final class Fields {

    /** Longer than any identity: those are at most 128 characters, and a commandId is made of three and an action. */
    static final int TEXT_MAX = 1024;

    private static final int SHA256_DIGITS = 64;

    /** Where a field's value comes from. */
    interface Source {
        /** The value: text, an integral number, a boolean; null if it is absent. */
        Object value(String name);

        Set<String> names();
    }

    private final Source source;
    private final Set<String> read = new HashSet<>();
    private final List<String> errors;

    private Fields(Source source, List<String> errors) {
        this.source = source;
        this.errors = errors;
    }

    /** Of a JSON object; of anything else nothing can be read, and that is said. */
    static Fields ofJson(JsonNode node) {
        List<String> errors = new ArrayList<>();
        if (!node.isObject()) {
            errors.add("body: is no JSON object");
        }
        return new Fields(
                new Source() {
                    @Override
                    public Object value(String name) {
                        return plain(node.path(name));
                    }

                    @Override
                    public Set<String> names() {
                        Set<String> names = new HashSet<>();
                        node.fieldNames().forEachRemaining(names::add);
                        return names;
                    }
                },
                errors);
    }

    /** Of a query: all text. */
    static Fields of(Source source) {
        return new Fields(source, new ArrayList<>());
    }

    /** A field that must be there, 1 to {@code lengthMax} characters. */
    String text(String name, int lengthMax) {
        Optional<String> text = optionalText(name, lengthMax);
        if (text.isEmpty() && source.value(name) == null) {
            errors.add(name + ": is missing");
        }
        return text.orElse("");
    }

    /** A field that may be absent or null; if it is there, 1 to {@code lengthMax} characters. */
    Optional<String> optionalText(String name, int lengthMax) {
        read.add(name);
        Object value = source.value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            errors.add(name + ": is no text");
            return Optional.empty();
        }
        if (text.isBlank() || text.length() > lengthMax) {
            errors.add(name + ": has " + text.length() + " characters; give 1 to " + lengthMax + ", not all blank");
            return Optional.empty();
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
            errors.add(name + ": holds control characters");
            return Optional.empty();
        }
        if (loneSurrogate(text)) {
            errors.add(name + ": is no Unicode text");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** A whole number that must be there. */
    long number(String name, long min, long max) {
        Object value = source.value(name);
        if (value == null) {
            read.add(name);
            errors.add(name + ": is missing");
            return min;
        }
        return number(name, min, max, min);
    }

    /** A whole number, or the default if it is absent. */
    long number(String name, long min, long max, long otherwise) {
        read.add(name);
        Object value = source.value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = value instanceof Long given ? given : Long.parseLong(value.toString());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        errors.add(name + ": is no whole number in " + min + ".." + max);
        return otherwise;
    }

    /** Milliseconds since the epoch, if there. */
    Optional<Instant> time(String name) {
        long none = Long.MIN_VALUE;
        // Up to the year 9999: what PostgreSQL and every reader understand.
        long millis = number(name, 0, 253_402_300_799_999L, none);
        return millis == none ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Whether; absent is false. */
    boolean flag(String name) {
        return optionalFlag(name).orElse(false);
    }

    /** Whether, if there. */
    Optional<Boolean> optionalFlag(String name) {
        read.add(name);
        Object value = source.value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.equals(false) || value.equals("false")) {
            return Optional.of(false);
        }
        if (value.equals(true) || value.equals("true")) {
            return Optional.of(true);
        }
        errors.add(name + ": is neither true nor false");
        return Optional.empty();
    }

    /** One of an enum's names, if there. */
    <E extends Enum<E>> Optional<E> optionalOne(String name, Class<E> type) {
        Optional<String> text = optionalText(name, TEXT_MAX);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equals(text.get())) {
                return Optional.of(constant);
            }
        }
        errors.add(name + ": is none of " + Arrays.toString(constants));
        return Optional.empty();
    }

    /** One of an enum's names, which must be there; the first of them if it is not. */
    <E extends Enum<E>> E one(String name, Class<E> type) {
        Optional<E> one = optionalOne(name, type);
        if (one.isEmpty() && source.value(name) == null) {
            errors.add(name + ": is missing");
        }
        return one.orElse(type.getEnumConstants()[0]);
    }

    /** A SHA-256 as 64 hexadecimal digits, which must be there. */
    byte[] sha256(String name) {
        String text = text(name, SHA256_DIGITS);
        if (text.isEmpty()) {
            return new byte[0];
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            if (text.length() == SHA256_DIGITS) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        errors.add(name + ": is not " + SHA256_DIGITS + " hexadecimal digits");
        return new byte[0];
    }

    void wrong(String error) {
        errors.add(error);
    }

    /** What is wrong with what was read so far, and with fields that nobody read; empty if nothing is. */
    Optional<Answer> refusal() {
        List<String> all = new ArrayList<>(errors);
        long unknown =
                source.names().stream().filter(name -> !read.contains(name)).count();
        if (unknown > 0) {
            all.add(unknown + " of the fields are not known here; known are "
                    + read.stream().sorted().toList());
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Answer.Refused(
                new Problem(Code.BAD_REQUEST, "Nothing was done: see errors, field by field.", all)));
    }

    private static Object plain(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        // A fraction, an array, an object: nothing here is one of those, and each reader says what it wants.
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private static boolean loneSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
