package io.tillwatch.jobs.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.tillwatch.jobs.feed.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** JSON that is no record's. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private JsonText() {}

    /** The line of a dead letter. */
    static byte[] deadLetter(DeadLetter letter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("feed", letter.feed());
            json.writeNumberField("line", letter.offset());
            json.writeStringField("error", letter.refusal().code().name());
            json.writeStringField("reason", letter.refusal().reason());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** A tree of maps and numbers, indented, with a line's end. */
    static byte[] tree(Map<String, ?> tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENTER));
            write(json, tree);
        }
        out.write('\n');
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else {
            json.writeNumber(((Number) value).longValue());
        }
    }
}
