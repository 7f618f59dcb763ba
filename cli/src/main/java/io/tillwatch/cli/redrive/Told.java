package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.record.Redriven;
import java.time.Instant;
import java.util.Optional;

/** What is told of letters, to people and to programs. Nothing that may be a card number. */
final class Told {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As much of what cannot be read as fits a screen. */
    private static final int BYTES_SHOWN = 512;

    private Told() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String key(Letter letter) {
        return letter.keyOrNull() == null ? "(no key)" : Veil.key(letter.keyOrNull());
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** A line of a list. */
    static String line(Letter letter) {
        return String.join(
                "  ",
                letter.id().place(),
                time(letter.id().arrivedAtMillis()),
                Veil.text(letter.error()),
                key(letter),
                Veil.text(letter.reason()));
    }

    /** The same for programs. */
    static ObjectNode brief(Letter letter, Marks marks) {
        ObjectNode told = object();
        told.put("id", letter.id().text());
        told.put("feed", letter.id().feed());
        told.put("arrivedAt", letter.id().arrivedAtMillis());
        told.put("error", Veil.text(letter.error()));
        told.put("reason", Veil.text(letter.reason()));
        told.put("key", letter.keyOrNull() == null ? null : Veil.key(letter.keyOrNull()));
        told.put("state", marks.state(letter.id()).name());
        return told;
    }

    /** All that can be told, for programs. */
    static ObjectNode whole(Letter letter, Original original, FeedFormat<?> formatOrNull, Marks marks) {
        ObjectNode told = brief(letter, marks);
        told.put("remedy", Remedies.of(letter));
        Optional<Redriven> mark = marks.of(letter.id());
        mark.ifPresent(done -> {
            told.put("doneAt", done.getDoneAt().toEpochMilli());
            told.put("doneBy", Veil.text(done.getDoneBy()));
            told.put("times", done.getTimes());
            told.put("mended", done.getMended());
            told.put("note", done.getNote() == null ? null : Veil.text(done.getNote()));
        });
        if (original instanceof Original.Known known && formatOrNull != null) {
            try {
                told.set("record", JSON.readTree(formatOrNull.json(known.record())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what was just written is no JSON", e);
            }
        }
        told.put("told", LetterFile.told(original));
        if (original instanceof Original.Raw raw) {
            told.put("bytes", Veil.hex(raw.bytes(), raw.bytes().length));
        }
        return told;
    }

    /** All that can be told, for people. */
    static String page(Letter letter, Original original, FeedFormat<?> formatOrNull, Marks marks) {
        StringBuilder page = new StringBuilder();
        row(page, "letter", letter.id().text());
        row(
                page,
                "refused",
                Veil.text(letter.error()) + (letter.reason().isEmpty() ? "" : " " + Veil.text(letter.reason())));
        row(
                page,
                "came from",
                letter.id().feed() + ", partition " + letter.id().partition() + ", offset "
                        + letter.id().offset());
        row(page, "arrived", time(letter.id().arrivedAtMillis()));
        row(page, "payment", key(letter));
        row(page, "state", state(letter.id(), marks));
        row(page, "what to do", Remedies.of(letter));
        row(page, "more", "docs/redrive.md#" + Remedies.section(letter));
        String told = LetterFile.told(original);
        if (original instanceof Original.Known known && formatOrNull != null) {
            row(page, "content", formatOrNull.recordName() + (told.isEmpty() ? "" : ", " + told));
            page.append(pretty(formatOrNull.json(known.record()))).append(System.lineSeparator());
        } else {
            row(page, "content", told);
        }
        if (original instanceof Original.Raw raw) {
            page.append(Veil.dump(raw.bytes(), BYTES_SHOWN));
            if (raw.bytes().length > BYTES_SHOWN) {
                row(page, "", (raw.bytes().length - BYTES_SHOWN) + " bytes more: --json has all");
            }
        }
        return page.toString();
    }

    private static String state(LetterId id, Marks marks) {
        Redriven mark = marks.of(id).orElse(null);
        if (mark == null) {
            return "waits";
        }
        String by = " at " + mark.getDoneAt() + " by " + Veil.text(mark.getDoneBy());
        return switch (mark.getWhat()) {
            case SENT_BACK ->
                "sent back" + by + (mark.getMended() ? ", mended" : ", as it was")
                        + (mark.getTimes() > 1 ? ", for the " + mark.getTimes() + ". time" : "");
            case LAID_ASIDE -> "laid aside" + by + (mark.getNote() == null ? "" : ": " + Veil.text(mark.getNote()));
        };
    }

    private static void row(StringBuilder page, String name, String text) {
        page.append(String.format("%-11s %s%n", name, text));
    }

    private static String pretty(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written is no JSON", e);
        }
    }
}
