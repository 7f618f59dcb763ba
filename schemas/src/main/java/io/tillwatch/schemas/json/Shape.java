package io.tillwatch.schemas.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** A record's schema, prepared once for reading and writing JSON. */
final class Shape {

    private final Schema schema;
    private final Class<?> javaType;
    private final List<Field> fields;
    private final Map<String, Field> byName;
    private final long required;
    private final List<Field> withDefault;

    private Shape(Schema schema, Class<?> javaType, List<Field> fields) {
        this.schema = schema;
        this.javaType = javaType;
        this.fields = List.copyOf(fields);
        this.byName = fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));
        this.required = fields.stream()
                .filter(field -> !field.optional() && field.defaultOrNull() == null)
                .mapToLong(Field::bit)
                .reduce(0, (left, right) -> left | right);
        this.withDefault =
                fields.stream().filter(field -> field.defaultOrNull() != null).toList();
    }

    /**
     * The shape of a record.
     *
     * @throws IllegalArgumentException if the schema holds what JSON lines do not know
     */
    static Shape of(Schema schema, SpecificData model) {
        if (schema.getFields().size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    schema.getName() + " has " + schema.getFields().size()
                            + " fields; fields given are kept in the bits of a long, at most " + Long.SIZE);
        }
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Object defaultOrNull = field.hasDefaultValue() ? model.getDefaultValue(field) : null;
            boolean optional = field.schema().isNullable();
            Type type = Type.of(optional ? other(field.schema()) : field.schema(), model);
            fields.add(new Field(
                    field.name(), field.pos(), type, optional, defaultOrNull, new SerializedString(field.name())));
        }
        return new Shape(schema, model.getClass(schema), fields);
    }

    /** The fields in the schema's order; each at its position. */
    List<Field> fields() {
        return fields;
    }

    /** The field of this name, or null. */
    Field field(String name) {
        return byName.get(name);
    }

    /** The {@link Field#bit} of each field that must be given. */
    long required() {
        return required;
    }

    /** The fields that need not be given, because a default other than null stands for them. */
    List<Field> withDefault() {
        return withDefault;
    }

    SpecificRecordBase newRecord() {
        return (SpecificRecordBase) SpecificData.newInstance(javaType, schema);
    }

    private static Schema other(Schema union) {
        List<Schema> others = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw new IllegalArgumentException("a union must be of null and one type: " + union);
        }
        return others.get(0);
    }

    /**
     * A field.
     *
     * @param optional may be left out or null
     * @param defaultOrNull what stands for it when it is left out, other than null; immutable but for a list
     */
    record Field(
            String name,
            int position,
            Type type,
            boolean optional,
            Object defaultOrNull,
            SerializableString encodedName) {

        long bit() {
            return 1L << position;
        }

        /** The default, the caller's to keep. */
        Object newDefault() {
            return defaultOrNull instanceof List<?> list ? new ArrayList<>(list) : defaultOrNull;
        }
    }

    /** What a value may be; {@link #expected} says it to people. */
    sealed interface Type {

        String expected();

        record Text() implements Type {
            @Override
            public String expected() {
                return "a string";
            }
        }

        record Whole(boolean wide) implements Type {
            @Override
            public String expected() {
                return wide ? "a whole number of 64 bits" : "a whole number of 32 bits";
            }
        }

        record Time() implements Type {
            @Override
            public String expected() {
                return "a whole number of milliseconds since the epoch";
            }
        }

        record Truth() implements Type {
            @Override
            public String expected() {
                return "true or false";
            }
        }

        record Symbol(Map<String, Object> constants, String expected) implements Type {}

        record Nested(Shape shape) implements Type {
            @Override
            public String expected() {
                return "an object";
            }
        }

        record Many(Type element) implements Type {
            @Override
            public String expected() {
                return "an array of which each element is " + element.expected();
            }
        }

        static Type of(Schema schema, SpecificData model) {
            return switch (schema.getType()) {
                case STRING -> new Text();
                case INT -> new Whole(false);
                case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? new Time() : new Whole(true);
                case BOOLEAN -> new Truth();
                case ENUM -> symbols(schema, model);
                case RECORD -> new Nested(Shape.of(schema, model));
                case ARRAY -> new Many(of(schema.getElementType(), model));
                case MAP, UNION, FIXED, BYTES, FLOAT, DOUBLE, NULL ->
                    throw new IllegalArgumentException(
                            "JSON lines do not know " + schema + ": teach it to " + Shape.class.getName());
            };
        }

        private static Type symbols(Schema schema, SpecificData model) {
            Map<String, Object> constants = new HashMap<>();
            Arrays.stream(model.getClass(schema).getEnumConstants())
                    .forEach(constant -> constants.put(((Enum<?>) constant).name(), constant));
            return new Symbol(Map.copyOf(constants), "one of " + String.join(", ", schema.getEnumSymbols()));
        }
    }
}
