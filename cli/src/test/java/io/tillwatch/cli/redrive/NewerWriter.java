package io.tillwatch.cli.redrive;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Settlement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes settlements as a build after this one would: with one field more. */
final class NewerWriter {

    static final Schema SCHEMA = withOneFieldMore();

    private NewerWriter() {}

    static byte[] written(Settlement record) throws IOException {
        GenericData.Record newer = new GenericData.Record(SCHEMA);
        for (Schema.Field field : record.getSchema().getFields()) {
            newer.put(field.name(), generic(field, record.get(field.pos())));
        }
        newer.put("scheme", "visa");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0xC3, 1});
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SchemaNormalization.parsingFingerprint64(SCHEMA))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(SCHEMA).write(newer, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    static String json(Settlement record) {
        return JsonLines.of(RecordType.SETTLEMENT).writeString(record);
    }

    private static Object generic(Schema.Field field, Object value) {
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (value instanceof Enum<?> symbol) {
            return new GenericData.EnumSymbol(SCHEMA.getField(field.name()).schema(), symbol.name());
        }
        return value;
    }

    private static Schema withOneFieldMore() {
        String json = RecordType.SETTLEMENT.schema().toString();
        int end = json.lastIndexOf("]");
        return new Schema.Parser()
                .parse(json.substring(0, end)
                        + ",{\"name\":\"scheme\",\"type\":[\"null\",\"string\"],\"default\":null,\"doc\":\"new\"}"
                        + json.substring(end));
    }
}
