package io.tillwatch.schemas.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes a record as a JSON object. */
final class LineWriter {

    private LineWriter() {}

    static void write(JsonGenerator out, Shape shape, SpecificRecordBase record) throws IOException {
        out.writeStartObject();
        for (Shape.Field field : shape.fields()) {
            Object value = record.get(field.position());
            if (value != null) {
                out.writeFieldName(field.encodedName());
                write(out, field.type(), value);
            } else if (!field.optional()) {
                throw new IllegalArgumentException(record.getSchema().getName() + "." + field.name()
                        + " is required and is null: make records with their builders");
            }
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Shape.Type type, Object value) throws IOException {
        if (type instanceof Shape.Type.Text) {
            out.writeString((String) value);
        } else if (type instanceof Shape.Type.Whole) {
            out.writeNumber(((Number) value).longValue());
        } else if (type instanceof Shape.Type.Time) {
            out.writeNumber(((Instant) value).toEpochMilli());
        } else if (type instanceof Shape.Type.Truth) {
            out.writeBoolean((Boolean) value);
        } else if (type instanceof Shape.Type.Symbol) {
            out.writeString(((Enum<?>) value).name());
        } else if (type instanceof Shape.Type.Nested nested) {
            write(out, nested.shape(), (SpecificRecordBase) value);
        } else if (type instanceof Shape.Type.Many many) {
            out.writeStartArray();
            for (Object element : (Iterable<?>) value) {
                write(out, many.element(), element);
            }
            out.writeEndArray();
        }
    }
}
