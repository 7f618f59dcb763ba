package io.tillwatch.schemas.wire;

/** Writes the records of one type. For one thread at a time. */
@FunctionalInterface
public interface RecordWriter<T> {

    /** The record's bytes, the caller's to keep. A record made by its builder can always be written. */
    byte[] write(T record);
}
