package io.tillwatch.acquirer.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.acquirer.ledger.Effect;
import io.tillwatch.acquirer.ledger.Entry;
import io.tillwatch.acquirer.ledger.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/** An entry as a line of the journal: a checksum in eight hexadecimal digits, a space, a JSON object. */
final class EntryLine {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final int CHECKSUM_DIGITS = 8;

    /** Exactly one is not null. */
    record Content(Event happened, Effect done, Entry.Bound bound, Entry.Started started) {

        static Content of(Entry entry) {
            return new Content(
                    entry instanceof Entry.Happened happened ? happened.event() : null,
                    entry instanceof Entry.Done done ? done.effect() : null,
                    entry instanceof Entry.Bound bound ? bound : null,
                    entry instanceof Entry.Started started ? started : null);
        }

        Entry entry() {
            if (happened != null) {
                return new Entry.Happened(happened);
            }
            if (done != null) {
                return new Entry.Done(done);
            }
            return bound != null ? bound : started;
        }
    }

    private EntryLine() {}

    /** With the line's end. */
    static byte[] write(Entry entry) {
        try {
            String json = JSON.writeValueAsString(Content.of(entry));
            return (checksum(json.getBytes(StandardCharsets.UTF_8)) + " " + json + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an entry cannot be written as JSON", e);
        }
    }

    /** Without the line's end; empty if it is not whole. */
    static Optional<Entry> read(byte[] line) {
        if (line.length < CHECKSUM_DIGITS + 2) {
            return Optional.empty();
        }
        String checksum = new String(line, 0, CHECKSUM_DIGITS, StandardCharsets.US_ASCII);
        byte[] json = Arrays.copyOfRange(line, CHECKSUM_DIGITS + 1, line.length);
        if (!checksum.equals(checksum(json))) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(json, Content.class).entry());
        } catch (IOException e) {
            throw new JournalException("a whole line of the journal is no entry: it was made by another version", e);
        }
    }

    private static String checksum(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
