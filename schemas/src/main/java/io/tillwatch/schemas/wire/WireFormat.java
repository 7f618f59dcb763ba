package io.tillwatch.schemas.wire;

import io.tillwatch.schemas.RecordType;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How a record's bytes say which schema wrote them. One format is configured to be written; whatever that is, all are
 * read: see {@link RecordReader#ofAny}.
 */
public interface WireFormat {

    /** Whether the bytes begin as this format does; no two formats begin alike. */
    boolean claims(byte[] bytes);

    /** A reader for one thread. */
    <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type);

    /**
     * A writer for one thread.
     *
     * @param topic the name in the cluster of where the records will stand
     */
    <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type, String topic);
}
