package io.tillwatch.query.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.JsonNode;

/** One object a line: numbers exact, times as ISO 8601, what is null as null. */
public final class JsonAnswer implements Answer {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public long write(ResultSet rows, PrintWriter out) throws SQLException {
        List<String> names = Cells.names(rows);
        long count = 0;
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setRootValueSeparator(null);
            while (rows.next()) {
                json.writeStartObject();
                for (int i = 0; i < names.size(); i++) {
                    json.writeFieldName(names.get(i));
                    value(json, rows.getObject(i + 1));
                }
                json.writeEndObject();
                json.writeRaw('\n');
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the answer", e);
        }
        return count;
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.toPlainString());
        } else if (value instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof JsonNode node) {
            json.writeRawValue(node.toString());
        } else {
            json.writeString(Cells.text(value));
        }
    }
}
