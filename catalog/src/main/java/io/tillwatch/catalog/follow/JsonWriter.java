package io.tillwatch.catalog.follow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.types.Row;

/** One object a line: numbers exact, times as ISO 8601, what is null as null. */
final class JsonWriter implements RowWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> names;
    private final Cells cells;
    private final PrintWriter out;

    JsonWriter(List<String> names, Cells cells, PrintWriter out) {
        this.names = names;
        this.cells = cells;
        this.out = out;
    }

    @Override
    public void write(Row row) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField(CHANGE, row.getKind().shortString());
            for (int i = 0; i < names.size(); i++) {
                json.writeFieldName(names.get(i));
                value(json, row.getField(i));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        out.print(line + "\n");
        out.flush();
    }

    private void value(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.toPlainString());
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(cells.text(value));
        }
    }
}
