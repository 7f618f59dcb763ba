package io.tillwatch.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What a registry is told and answers. */
final class RegistryJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private RegistryJson() {}

    /**
     * What of an answer matters.
     *
     * @param schema null if there is none
     * @param schemaType AVRO unless the answer says otherwise
     * @param id -1 if there is none
     * @param errorCode -1 if there is none
     */
    record Fields(String schema, String schemaType, boolean hasReferences, int id, int errorCode) {}

    /** The fields of an answer; none of them if it is no JSON object. */
    static Fields read(byte[] body) {
        String schema = null;
        String schemaType = "AVRO";
        boolean references = false;
        int id = -1;
        int errorCode = -1;
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Fields(null, "AVRO", false, -1, -1);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "schema" -> schema = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                    case "schemaType" -> schemaType = value == JsonToken.VALUE_STRING ? parser.getText() : "AVRO";
                    case "id" -> id = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                    case "error_code" -> errorCode = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                    case "references" -> {
                        if (value == JsonToken.START_ARRAY) {
                            references = parser.nextToken() != JsonToken.END_ARRAY;
                            if (references) {
                                return new Fields(schema, schemaType, true, id, errorCode);
                            }
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
            return new Fields(schema, schemaType, references, id, errorCode);
        } catch (IOException e) {
            return new Fields(null, "AVRO", false, -1, -1);
        }
    }

    static String schemaRequest(String schema) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("schema", schema);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }
}
