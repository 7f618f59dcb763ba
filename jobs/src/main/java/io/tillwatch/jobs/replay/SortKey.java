package io.tillwatch.jobs.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes keys whose bytes, unsigned, compare as what they stand for. */
final class SortKey {

    private SortKey() {}

    /** A number of either sign. */
    static void number(DataOutputSerializer key, long number) throws IOException {
        key.writeLong(number ^ Long.MIN_VALUE);
    }

    /** The number that was written. */
    static long number(long written) {
        return written ^ Long.MIN_VALUE;
    }

    /** A text, by its code points; a text is before those that go on from it. */
    static void text(DataOutputSerializer key, String text) throws IOException {
        key.write(text.getBytes(StandardCharsets.UTF_8));
        key.write(0); // control characters are in no identity
    }
}
