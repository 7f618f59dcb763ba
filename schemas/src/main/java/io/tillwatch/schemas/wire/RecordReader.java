package io.tillwatch.schemas.wire;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads the records of one type. For one thread at a time. */
@FunctionalInterface
public interface RecordReader<T> {

    /**
     * The record that these bytes hold. A null value in a topic holds none: it is a pulse or takes back a policy, and
     * the caller tells.
     *
     * @return {@link Decoded.Unreadable} if the schema that wrote them is not known, or if they do not hold exactly one
     *     record; never throws for what the bytes are, and allocates no more than a small multiple of their length
     * @throws SchemasUnavailableException if a registry that is down would have to say which schema wrote them: then the
     *     record is to be read again, and neither passed over nor refused
     */
    Decoded<T> read(byte[] bytes);

    /** A reader of each of these formats, told apart by how the bytes begin. */
    static <T extends SpecificRecordBase> RecordReader<T> ofAny(
            List<? extends WireFormat> formats, RecordType<T> type) {
        record Choice<R>(WireFormat format, RecordReader<R> reader) {}
        List<Choice<T>> choices = new ArrayList<>();
        formats.forEach(format -> choices.add(new Choice<>(format, format.reader(type))));
        return bytes -> {
            for (Choice<T> choice : choices) {
                if (choice.format().claims(bytes)) {
                    return choice.reader().read(bytes);
                }
            }
            return new Decoded.Unreadable<>("begins like none of the " + choices.size() + " formats that are read");
        };
    }
}
