package io.tillwatch.schemas.history;

import io.tillwatch.schemas.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Schemas that differ from ours. */
public final class Schemas {

    private Schemas() {}

    /** This build's schema as any other language would have it. */
    public static Schema plain(RecordType<?> type) {
        return SchemaEvolution.plain(type.schema());
    }

    /** The record with one more field at its end. */
    public static Schema with(Schema record, Schema.Field more) {
        List<Schema.Field> fields = copies(record);
        fields.add(more);
        return record(record, fields);
    }

    /** The record without one of its fields. */
    public static Schema without(Schema record, String name) {
        List<Schema.Field> fields = copies(record);
        fields.removeIf(field -> field.name().equals(name));
        return record(record, fields);
    }

    /** The record with another field in the place of the one of that name. */
    public static Schema replaced(Schema record, String name, Schema.Field other) {
        List<Schema.Field> fields = copies(record);
        fields.replaceAll(field -> field.name().equals(name) ? other : field);
        return record(record, fields);
    }

    public static Schema.Field optional(String name, Schema type) {
        Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
        return new Schema.Field(name, union, "planted", Schema.Field.NULL_DEFAULT_VALUE);
    }

    public static Schema enumeration(Schema like, List<String> symbols) {
        Schema changed = Schema.createEnum(like.getName(), like.getDoc(), like.getNamespace(), symbols);
        like.getObjectProps().forEach(changed::addProp);
        return changed;
    }

    private static List<Schema.Field> copies(Schema record) {
        List<Schema.Field> fields = new ArrayList<>();
        record.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return fields;
    }

    private static Schema record(Schema like, List<Schema.Field> fields) {
        return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
    }
}
