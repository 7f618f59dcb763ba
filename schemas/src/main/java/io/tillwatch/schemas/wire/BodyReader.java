package io.tillwatch.schemas.wire;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import java.io.EOFException;
import java.io.IOException;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Decodes the Avro body of a record, whatever header named its schema. For one thread at a time; what it keeps between
 * records is the plan for each writer's schema and no bytes.
 */
final class BodyReader<T extends SpecificRecordBase> {

    private final RecordType<T> type;
    private final SpecificData model;
    private final IdentityHashMap<Schema, DatumReader<T>> byWriter = new IdentityHashMap<>();
    private final BoundedDecoder decoder = new BoundedDecoder();

    BodyReader(RecordType<T> type) {
        this.type = type;
        this.model = type.model();
    }

    /** The record from there to the last byte, as this build's schema has it. */
    Decoded<T> read(Schema writer, byte[] bytes, int offset) {
        try {
            decoder.open(bytes, offset, bytes.length - offset);
            T value = byWriter.computeIfAbsent(writer, this::plan).read(null, decoder);
            int left = decoder.remaining();
            return left == 0
                    ? new Decoded.Value<>(value)
                    : unreadable(left + " bytes are left over after the record's last field");
        } catch (EOFException e) {
            return unreadable("the bytes end within a field");
        } catch (MalformedException e) {
            return unreadable(e.getMessage());
        } catch (IOException | RuntimeException e) {
            // Avro tells bad bytes by many kinds of exceptions, whose messages may quote them.
            return unreadable(
                    "a field's bytes do not fit its type (" + e.getClass().getSimpleName() + ")");
        }
    }

    private DatumReader<T> plan(Schema writer) {
        return new SpecificDatumReader<>(writer, type.schema(), model);
    }

    private Decoded<T> unreadable(String reason) {
        return new Decoded.Unreadable<>("does not decode as " + type + ": " + reason);
    }
}
