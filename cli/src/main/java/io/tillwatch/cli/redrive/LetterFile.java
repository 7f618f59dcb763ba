package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dead letters as JSON lines, to be mended by hand. {@code id} and {@code record} are what is read again; all else is
 * for whoever mends.
 */
final class LetterFile {

    /** A line may have this many characters: a record, and what is told of it, in their longest writing. */
    static final int LINE_CHARACTERS_MAX = 1024 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LetterFile() {}

    /**
     * A line that names a letter and has a record.
     *
     * @param number from 1
     */
    record Line(int number, LetterId id, ObjectNode record) {}

    /**
     * What a file holds.
     *
     * @param problems each with the number of its line
     */
    record Content(List<Line> lines, List<String> problems) {}

    /** Writes a letter's line. */
    static void write(Letter letter, Original original, FeedFormat<?> formatOrNull, Writer out) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", letter.id().text());
        line.put("arrived", Instant.ofEpochMilli(letter.id().arrivedAtMillis()).toString());
        line.put("error", letter.error());
        line.put("reason", Veil.text(letter.reason()));
        line.put("remedy", Remedies.of(letter));
        line.put("key", letter.keyOrNull() == null ? null : Veil.key(letter.keyOrNull()));
        if (original instanceof Original.Known known && formatOrNull != null) {
            line.set("record", JSON.readTree(formatOrNull.json(known.record())));
        } else {
            line.put("told", told(original));
            if (original instanceof Original.Raw raw) {
                line.put("bytes", Veil.hex(raw.bytes(), Integer.MAX_VALUE));
            }
            line.putNull("record");
        }
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
    }

    /** Why there is no record in the line. */
    static String told(Original original) {
        if (original instanceof Original.Raw raw) {
            return "cannot be read: " + raw.why();
        } else if (original instanceof Original.Empty) {
            return "had no value";
        } else if (original instanceof Original.Withheld) {
            return "is not told: it held a card number, or may";
        }
        return ((Original.Known) original).asJson() ? "was JSON, not Avro" : "";
    }

    /**
     * Reads a file of such lines; blank ones are passed over.
     *
     * @throws IOException if the file cannot be read
     */
    static Content read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<LetterId, Integer> seen = new HashMap<>();
        int number = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                number++;
                if (!text.isBlank()) {
                    line(number, text, seen, problems).ifPresent(lines::add);
                }
            }
        } catch (MalformedInputException e) {
            problems.add("line " + (number + 1) + " or after: is not UTF-8: save the file as UTF-8");
        }
        if (number == 0 && problems.isEmpty()) {
            problems.add("the file is empty: name the one that ./tillwatch redrive export wrote");
        }
        return new Content(List.copyOf(lines), List.copyOf(problems));
    }

    private static Optional<Line> line(int number, String text, Map<LetterId, Integer> seen, List<String> problems) {
        String where = "line " + number + ": ";
        if (text.length() > LINE_CHARACTERS_MAX) {
            problems.add(where + "has " + text.length() + " characters, more than " + LINE_CHARACTERS_MAX);
            return Optional.empty();
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The message would quote the line.
            problems.add(where + "is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " (column " + e.getLocation().getColumnNr() + ")")
                    + ": one object a line, each name once");
            return Optional.empty();
        }
        Optional<LetterId> id = LetterId.of(tree.path("id").asText());
        if (id.isEmpty()) {
            problems.add(where + "has no id: leave what export wrote there, feed:partition:offset@time");
            return Optional.empty();
        }
        Integer before = seen.putIfAbsent(id.get(), number);
        if (before != null) {
            problems.add(where + id.get().place() + " is in line " + before + " already: keep one of them");
            return Optional.empty();
        }
        if (!(tree.get("record") instanceof ObjectNode record)) {
            problems.add(where + id.get().place() + " has no record: write it, or take the line out");
            return Optional.empty();
        }
        return Optional.of(new Line(number, id.get(), record));
    }

    /** A record of a line as the bytes of its JSON. */
    static byte[] bytes(ObjectNode record) {
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }
}
