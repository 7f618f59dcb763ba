package io.tillwatch.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads and writes the records of one type as JSON, one a line. Immutable; for any number of threads.
 *
 * <p>Refused are: what is no JSON object or goes on behind it, a missing required field, a value of another type, an
 * unknown symbol, a number with a fraction or exponent or out of range, text that is no Unicode, a field given twice.
 * Fields that the schema does not know are passed over, so that newer writers are read; {@code arrivedAt} is known in
 * every line.
 */
public final class JsonLines<T extends SpecificRecordBase> {

    /** Deeper than any record, shallow enough for any stack. */
    private static final int DEPTH_MAX = 32;

    private static final int BUFFER_BYTES = 512;

    /** Foreign names must neither fill the JVM's pool of strings nor, chosen to collide, stop the reading. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private final RecordType<T> type;
    private final Shape shape;
    private final Shape.Field key;
    private final Shape.Field occurredAtOrNull;

    private JsonLines(RecordType<T> type) {
        this.type = type;
        this.shape = Shape.of(type.schema(), type.model());
        this.key = shape.field(type.keyField());
        this.occurredAtOrNull = shape.field("occurredAt");
    }

    public static <T extends SpecificRecordBase> JsonLines<T> of(RecordType<T> type) {
        return new JsonLines<>(type);
    }

    /** What this line holds, UTF-8, with or without the line's end. Never throws for what the line is. */
    public JsonLine<T> read(byte[] line) {
        return read(line, 0, line.length);
    }

    /** What these bytes of a buffer hold. */
    public JsonLine<T> read(byte[] buffer, int offset, int length) {
        return read(() -> JSON.createParser(buffer, offset, length));
    }

    /** What this line holds. */
    public JsonLine<T> read(String line) {
        return read(() -> JSON.createParser(line));
    }

    /**
     * The record as JSON in UTF-8, without the line's end: fields in the schema's order, absent optional fields left out.
     *
     * @throws IllegalArgumentException if a required field is null: a bug, for no builder makes such a record
     */
    public byte[] write(T record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            LineWriter.write(json, shape, record);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** As {@link #write}, as a string. */
    public String writeString(T record) {
        return new String(write(record), StandardCharsets.UTF_8);
    }

    private JsonLine<T> read(Source source) {
        LineReader reader = new LineReader(shape, key, occurredAtOrNull);
        String problem = reader.read(source);
        Decoded<T> record = problem == null
                ? new Decoded.Value<>(type.javaType().cast(reader.record()))
                : new Decoded.Unreadable<>(problem);
        return new JsonLine<>(record, reader.keyOrNull(), reader.arrivedAtMillis());
    }

    /** Opens a line. */
    @FunctionalInterface
    interface Source {
        JsonParser open() throws IOException;
    }
}
