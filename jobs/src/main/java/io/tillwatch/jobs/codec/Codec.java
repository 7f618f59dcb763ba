package io.tillwatch.jobs.codec;

import java.io.IOException;

/**
 * Writes and reads the values of one type. Values must be immutable: they are handed on and kept without being copied.
 *
 * <p>A codec's fields are only ever appended to, under a new version; enum constants are written by their position, so the
 * enums of the rules are only ever appended to.
 */
public interface Codec<T> {

    /** The version that is written. What earlier versions wrote is read as well. */
    int version();

    /** Writes a value, its version excluded. */
    void write(T value, PackedOutput out) throws IOException;

    /** Reads a value that a version wrote. */
    T read(PackedInput in, int version) throws IOException;
}
