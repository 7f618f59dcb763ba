package io.tillwatch.schemas.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads one line. A bad field does not end the reading: the key and the times of the line are wanted even so. The first
 * problem is the one that is told.
 */
final class LineReader {

    /** When the line's record arrived; stands beside the record's own fields. */
    private static final String ARRIVED_AT = "arrivedAt";

    private static final Shape.Type TIME = new Shape.Type.Time();

    private final Shape shape;
    private final Shape.Field key;
    private final Shape.Field occurredAtOrNull;
    private final SpecificRecordBase record;

    private JsonParser in;
    private String problem;
    private boolean keyTwice;
    private boolean arrivedAtGiven;
    private Instant arrivedAtOrNull;

    LineReader(Shape shape, Shape.Field key, Shape.Field occurredAtOrNull) {
        this.shape = shape;
        this.key = key;
        this.occurredAtOrNull = occurredAtOrNull;
        this.record = shape.newRecord();
    }

    /** Reads the line and says what is wrong with it, or null. */
    String read(JsonLines.Source source) {
        try (JsonParser parser = source.open()) {
            in = parser;
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return "is not a JSON object";
            }
            object(shape, record, "");
            if (in.nextToken() != null) {
                refuse("has more behind the JSON object");
            }
        } catch (StreamConstraintsException e) {
            refuse("is JSON with too long a name, text or number, or nested too deep");
        } catch (JsonProcessingException e) {
            // The message quotes the line.
            refuse("is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " (column " + e.getLocation().getColumnNr() + ")"));
        } catch (IOException e) {
            refuse("is not UTF-8");
        }
        return problem;
    }

    /** The record, as far as it was read. */
    SpecificRecordBase record() {
        return record;
    }

    String keyOrNull() {
        return keyTwice ? null : (String) record.get(key.position());
    }

    OptionalLong arrivedAtMillis() {
        Instant at = arrivedAtOrNull;
        if (at == null && occurredAtOrNull != null) {
            at = (Instant) record.get(occurredAtOrNull.position());
        }
        return at == null ? OptionalLong.empty() : OptionalLong.of(at.toEpochMilli());
    }

    /** Fills a record from the object whose start was read. */
    private void object(Shape fields, SpecificRecordBase into, String path) throws IOException {
        long given = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            Shape.Field field = fields.field(name);
            JsonToken token = in.nextToken();
            if (field == null) {
                foreign(name, token, path);
            } else if ((given & field.bit()) != 0) {
                keyTwice |= path.isEmpty() && name.equals(key.name());
                twice(path + name);
            } else {
                given |= field.bit();
                if (token != JsonToken.VALUE_NULL || !field.optional()) {
                    Object value = value(field.type(), token, path, name);
                    if (value != null) {
                        into.put(field.position(), value);
                    }
                }
            }
        }
        complete(fields, into, path, given);
    }

    private void complete(Shape fields, SpecificRecordBase into, String path, long given) {
        long missing = fields.required() & ~given;
        if (missing != 0) {
            Shape.Field first = fields.fields().get(Long.numberOfTrailingZeros(missing));
            refuse(path + first.name() + ": missing, expected " + first.type().expected());
        }
        for (Shape.Field field : fields.withDefault()) {
            if ((given & field.bit()) == 0) {
                into.put(field.position(), field.newDefault());
            }
        }
    }

    private void foreign(String name, JsonToken token, String path) throws IOException {
        if (!path.isEmpty() || !name.equals(ARRIVED_AT)) {
            in.skipChildren();
        } else if (arrivedAtGiven) {
            twice(ARRIVED_AT);
        } else {
            arrivedAtGiven = true;
            if (token != JsonToken.VALUE_NULL) {
                arrivedAtOrNull = (Instant) value(TIME, token, path, ARRIVED_AT);
            }
        }
    }

    private void twice(String at) throws IOException {
        refuse(at + ": given more than once");
        in.skipChildren();
    }

    /** The value whose first token was read, or null if it is refused; either way it is behind us. */
    private Object value(Shape.Type type, JsonToken token, String path, String name) throws IOException {
        Object value = null;
        if (type instanceof Shape.Type.Text) {
            value = token == JsonToken.VALUE_STRING ? unicode(in.getText()) : null;
        } else if (type instanceof Shape.Type.Whole whole) {
            value = whole(whole, token);
        } else if (type instanceof Shape.Type.Time) {
            value = fits(token, true) ? Instant.ofEpochMilli(in.getLongValue()) : null;
        } else if (type instanceof Shape.Type.Symbol symbol) {
            value = token == JsonToken.VALUE_STRING ? symbol.constants().get(in.getText()) : null;
        } else if (type instanceof Shape.Type.Truth) {
            value = token.isBoolean() ? Boolean.valueOf(token == JsonToken.VALUE_TRUE) : null;
        } else if (type instanceof Shape.Type.Nested nested && token == JsonToken.START_OBJECT) {
            SpecificRecordBase inner = nested.shape().newRecord();
            object(nested.shape(), inner, path + name + ".");
            return inner;
        } else if (type instanceof Shape.Type.Many many && token == JsonToken.START_ARRAY) {
            return list(many.element(), path, name);
        }
        if (value == null) {
            refuse(path + name + ": expected " + type.expected());
            in.skipChildren();
        }
        return value;
    }

    private List<Object> list(Shape.Type element, String path, String name) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(value(element, token, path, name));
        }
        return list;
    }

    private Object whole(Shape.Type.Whole type, JsonToken token) throws IOException {
        if (!fits(token, type.wide())) {
            return null;
        }
        return type.wide() ? (Object) in.getLongValue() : (Object) in.getIntValue();
    }

    private boolean fits(JsonToken token, boolean wide) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT
                && switch (in.getNumberType()) {
                    case INT -> true;
                    case LONG -> wide;
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
                };
    }

    /** The text, or null if it holds half of a surrogate pair, which no encoding can write. */
    private static String unicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return null;
                }
                i++;
            }
        }
        return text;
    }

    private void refuse(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }
}
