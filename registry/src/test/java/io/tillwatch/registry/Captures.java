package io.tillwatch.registry;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A capture, and one as a newer build would write it. */
final class Captures {

    static final Capture ONE = Capture.newBuilder()
            .setEventId("e-1")
            .setPaymentId("p-1")
            .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_000L))
            .setAcquirerId("a")
            .setMerchantId("m")
            .setAmount(1_250)
            .setCurrency("GBP")
            .setCaptureId("c-1")
            .setStatus(CaptureStatus.ACCEPTED)
            .build();

    private Captures() {}

    /** This build's schema with one more optional field. */
    static Schema newerSchema() {
        Schema now = RecordType.CAPTURE.schema();
        List<Schema.Field> fields = new ArrayList<>();
        now.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field("addedLater", text, "", Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(now.getName(), "", now.getNamespace(), false, fields);
    }

    /** The same capture, written with the newer schema. */
    static GenericRecord newer() {
        Schema schema = newerSchema();
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : RecordType.CAPTURE.schema().getFields()) {
            Object value = ONE.get(field.pos());
            if (value instanceof Instant at) {
                value = at.toEpochMilli();
            } else if (value instanceof CaptureStatus status) {
                value = new GenericData.EnumSymbol(schema.getField("status").schema(), status.name());
            }
            record.put(field.name(), value);
        }
        record.put("addedLater", "something");
        return record;
    }
}
