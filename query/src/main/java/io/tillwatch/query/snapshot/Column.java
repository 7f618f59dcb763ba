package io.tillwatch.query.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A column made of a field of a record.
 *
 * @param name the field's, as the schema spells it
 * @param kind how it is kept
 * @param path positions of the field, the outer record's first
 */
record Column(String name, Kind kind, List<Integer> path) {

    /** What a record for finding a payment is; its fields stand beside the command's own. */
    private static final String SPREAD_OUT = "Original";

    enum Kind {
        TEXT("VARCHAR"),
        INT("INTEGER"),
        LONG("BIGINT"),
        TRUTH("BOOLEAN"),
        TIME("TIMESTAMPTZ"),
        NESTED("JSON");

        private final String sqlType;

        Kind(String sqlType) {
            this.sqlType = sqlType;
        }

        String sqlType() {
            return sqlType;
        }
    }

    /** The columns of a record: all of its fields, in their order. */
    static List<Column> of(Schema record) {
        List<Column> columns = new ArrayList<>();
        add(columns, record, List.of());
        return List.copyOf(columns);
    }

    /** The field's value; null if it, or what it is a part of, is absent. */
    Object valueOrNull(SpecificRecordBase record) {
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
                columns.add(new Column(field.name(), kind(type), List.copyOf(here)));
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
