package io.tillwatch.schemas.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A column of a table.
 *
 * @param name as it is asked for; of a field, as the schema spells it
 * @param kind what it holds
 * @param required whether every row has a value
 * @param path positions of the field in the record, the outer record's first; empty for a column that is made of no field
 */
public record Column(String name, Kind kind, boolean required, List<Integer> path) {

    /** What a record for finding a payment is; its fields stand beside the command's own. */
    private static final String SPREAD_OUT = "Original";

    public Column {
        path = List.copyOf(path);
    }

    /** What a column holds; how an engine calls that is the engine's matter. */
    public enum Kind {
        TEXT,
        INT,
        LONG,
        TRUTH,
        /** A moment, to the millisecond. */
        TIME,
        /** A record within a record, as JSON: {@link NestedJson}. */
        NESTED
    }

    /** A column that is made of no field. */
    static Column of(String name, Kind kind, boolean required) {
        return new Column(name, kind, required, List.of());
    }

    /** The columns of a record: all of its fields, in their order. */
    static List<Column> of(Schema record) {
        List<Column> columns = new ArrayList<>();
        add(columns, record, List.of());
        return List.copyOf(columns);
    }

    /** The field's value; null if it, or what it is a part of, is absent. */
    public Object valueOrNull(SpecificRecordBase record) {
        Object value = record;
        for (int position : path) {
            if (value == null) {
                return null;
            }
            value = ((SpecificRecordBase) value).get(position);
        }
        return value;
    }

    private static void add(List<Column> columns, Schema record, List<Integer> path) {
        for (Schema.Field field : record.getFields()) {
            List<Integer> here = new ArrayList<>(path);
            here.add(field.pos());
            Schema type = withoutNull(field.schema());
            if (type.getType() == Schema.Type.RECORD && type.getName().equals(SPREAD_OUT)) {
                add(columns, type, here);
            } else {
                columns.add(new Column(field.name(), kind(type), false, here));
            }
        }
    }

    private static Schema withoutNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static Kind kind(Schema type) {
        return switch (type.getType()) {
            case STRING, ENUM -> Kind.TEXT;
            case INT -> Kind.INT;
            case LONG -> type.getLogicalType() instanceof LogicalTypes.TimestampMillis ? Kind.TIME : Kind.LONG;
            case BOOLEAN -> Kind.TRUTH;
            case RECORD, ARRAY, MAP -> Kind.NESTED;
            case UNION, FIXED, BYTES, FLOAT, DOUBLE, NULL ->
                throw new IllegalArgumentException("no column holds a " + type.getType() + ": say here how it is kept");
        };
    }
}
