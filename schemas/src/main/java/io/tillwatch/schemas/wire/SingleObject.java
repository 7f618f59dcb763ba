package io.tillwatch.schemas.wire;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.history.SchemaHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro's single-object encoding: two marker bytes, the CRC-64-AVRO fingerprint of the writer's schema in 8 bytes, little
 * endian, and the record (Avro 1.12 specification, "Single-object encoding"). Needs no registry: the writer's schema is
 * looked up among those shipped.
 */
public final class SingleObject implements WireFormat {

    private static final byte MARKER_FIRST = (byte) 0xC3;
    private static final byte MARKER_SECOND = 0x01;
    private static final int FINGERPRINT_AT = 2;
    private static final int BODY_AT = FINGERPRINT_AT + Long.BYTES;
    private static final int BUFFER_BYTES = 512;
    private static final VarHandle FINGERPRINT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<Schema> newerWriters;

    /** Reads what any shipped version wrote. */
    public SingleObject() {
        this(List.of());
    }

    /**
     * Reads also what these schemas write: those of writers newer than this build.
     *
     * @param newerWriters of whatever records; checked when a reader is made
     */
    public SingleObject(Collection<Schema> newerWriters) {
        this.newerWriters = List.copyOf(newerWriters);
    }

    @Override
    public boolean claims(byte[] bytes) {
        return bytes.length >= FINGERPRINT_AT && bytes[0] == MARKER_FIRST && bytes[1] == MARKER_SECOND;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if this build cannot read what a newer writer writes
     */
    @Override
    public <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type) {
        SchemaHistory history = SchemaHistory.shipped(type).withWriters(newerWriters);
        BodyReader<T> body = new BodyReader<>(type);
        return bytes -> {
            if (!claims(bytes)) {
                return new Decoded.Unreadable<>("does not begin with the marker of a single-object encoding (C3 01)");
            }
            if (bytes.length < BODY_AT) {
                return new Decoded.Unreadable<>(
                        "is " + bytes.length + " bytes long: too short for a single-object encoding");
            }
            Optional<Schema> writer = history.writer((long) FINGERPRINT.get(bytes, FINGERPRINT_AT));
            if (writer.isEmpty()) {
                return new Decoded.Unreadable<>("was written with a schema of " + type
                        + " that this build does not know (fingerprint in bytes 2 to 9)");
            }
            return body.read(writer.get(), bytes, BODY_AT);
        };
    }

    /** A writer for one thread: where the records will stand makes no difference. */
    public <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type) {
        return new Writer<>(type);
    }

    @Override
    public <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type, String topic) {
        return writer(type);
    }

    private static final class Writer<T extends SpecificRecordBase> implements RecordWriter<T> {

        private final byte[] header = new byte[BODY_AT];
        private final DatumWriter<T> datum;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
        /** Keeps nothing back, so that a record that fails leaves nothing to the next one. */
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);

        Writer(RecordType<T> type) {
            header[0] = MARKER_FIRST;
            header[1] = MARKER_SECOND;
            FINGERPRINT.set(header, FINGERPRINT_AT, SchemaHistory.fingerprint(type.schema()));
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
