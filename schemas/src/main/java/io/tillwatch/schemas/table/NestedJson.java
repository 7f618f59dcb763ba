package io.tillwatch.schemas.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A record within a record, as JSON: times as milliseconds, absent fields left out, as in JSON lines. */
public final class NestedJson {

    private static final JsonFactory JSON = new JsonFactory();

    private NestedJson() {}

    public static String of(IndexedRecord record) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, record);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof IndexedRecord record) {
            json.writeStartObject();
            for (Schema.Field field : record.getSchema().getFields()) {
                Object part = record.get(field.pos());
                if (part != null) {
                    json.writeFieldName(field.name());
                    write(json, part);
                }
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> many) {
            json.writeStartArray();
            for (Object element : many) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Instant time) {
            json.writeNumber(time.toEpochMilli());
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(value.toString());
        }
    }
}
