package io.tillwatch.schemas.wire;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.history.SchemaEvolution;
import io.tillwatch.schemas.history.SchemaHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The wire format of schema registries, as Confluent's and Apicurio's clients write it: a byte 0, the id of the writer's
 * schema in 4 bytes, big endian, and the record. A registry says what an id stands for.
 */
public final class RegistryFormat implements WireFormat {

    private static final byte MAGIC = 0;
    private static final int ID_AT = 1;
    private static final int BODY_AT = ID_AT + Integer.BYTES;
    private static final int BUFFER_BYTES = 512;
    private static final VarHandle ID = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final SchemaIds ids;

    public RegistryFormat(SchemaIds ids) {
        this.ids = ids;
    }

    @Override
    public boolean claims(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == MAGIC;
    }

    /**
     * {@inheritDoc} It throws {@link SchemasUnavailableException} while nobody can say what an id stands for. A registry's
     * schema is believed only as far as it goes: it must be one of this record, and one that this build can read.
     */
    @Override
    public <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type) {
        return new Reader<>(type, ids);
    }

    /** @throws SchemasUnavailableException if the registry gives no id for it */
    @Override
    public <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type, String topic) {
        return writer(type, id(ids, type, topic));
    }

    /** A writer for one thread that asks nobody: the id is known. */
    public static <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type, int id) {
        return new Writer<>(type, id);
    }

    /**
     * The id under which this build's records are written to a topic.
     *
     * @throws SchemasUnavailableException if the registry gives none
     */
    public static int id(SchemaIds ids, RecordType<?> type, String topic) {
        // As it was shipped, without what Java's code generator adds, so that no other version comes to stand beside
        // it.
        List<Schema> versions = SchemaHistory.shipped(type).versions();
        return ids.id(topic, versions.get(versions.size() - 1));
    }

    private static final class Reader<T extends SpecificRecordBase> implements RecordReader<T> {

        private final RecordType<T> type;
        private final SchemaIds ids;
        private final BodyReader<T> body;
        /** Schemas that this build can read, by identity: what the ids say is asked anew, and answers from memory. */
        private final Map<Integer, Schema> readable = new HashMap<>();

        private int lastId;
        private Schema lastOrNull;

        Reader(RecordType<T> type, SchemaIds ids) {
            this.type = type;
            this.ids = ids;
            this.body = new BodyReader<>(type);
        }

        @Override
        public Decoded<T> read(byte[] bytes) {
            if (bytes.length < BODY_AT || bytes[0] != MAGIC) {
                return new Decoded.Unreadable<>(
                        "is " + bytes.length + " bytes long: too short for a byte 0 and a registry's id");
            }
            int id = (int) ID.get(bytes, ID_AT);
            // Nearly all records of a topic are written with one schema.
            if (id == lastId && lastOrNull != null) {
                return body.read(lastOrNull, bytes, BODY_AT);
            }
            Schema writer = readable.get(id);
            if (writer == null) {
                SchemaIds.Answer answer = ids.schema(id);
                if (answer instanceof SchemaIds.Answer.Unknown unknown) {
                    return new Decoded.Unreadable<>("was written with a schema " + unknown.reason());
                }
                writer = ((SchemaIds.Answer.Known) answer).schema();
                if (!canRead(writer)) {
                    return new Decoded.Unreadable<>("was written with a schema of which this build cannot read " + type
                            + " (the registry's id in bytes 1 to 4)");
                }
                readable.put(id, writer);
            }
            lastId = id;
            lastOrNull = writer;
            return body.read(writer, bytes, BODY_AT);
        }

        private boolean canRead(Schema writer) {
            return writer.getType() == Schema.Type.RECORD
                    && writer.getFullName().equals(type.schema().getFullName())
                    && SchemaEvolution.unreadable(type.schema(), writer).isEmpty();
        }
    }

    private static final class Writer<T extends SpecificRecordBase> implements RecordWriter<T> {

        private final byte[] header = new byte[BODY_AT];
        private final DatumWriter<T> datum;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
        /** Keeps nothing back, so that a record that fails leaves nothing to the next one. */
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);

        Writer(RecordType<T> type, int id) {
            header[0] = MAGIC;
            ID.set(header, ID_AT, id);
            datum = new SpecificDatumWriter<>(type.schema(), type.model());
        }

        @Override
        public byte[] write(T record) {
            out.reset();
            out.writeBytes(header);
            try {
                datum.write(record, encoder);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory failed", e);
            }
            return out.toByteArray();
        }
    }
}
