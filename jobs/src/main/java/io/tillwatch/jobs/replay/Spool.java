package io.tillwatch.jobs.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of entries, each a key and a value of bytes, in runs that are sorted by key as unsigned bytes.
 *
 * <p>Layout: the entries of the runs one after the other, each as two ints (length of the key, of the value), the key and
 * the value; then the end of each run as a long; then the number of runs and of entries as longs.
 *
 * @param runEnds where each run ends; the first begins at 0
 */
record Spool(Path file, List<Long> runEnds, long entries) {

    static final int HEADER_BYTES = 2 * Integer.BYTES;

    /** Looks at a spool that {@link SpoolWriter} has closed. */
    static Spool of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer tail = read(channel, channel.size() - 2 * Long.BYTES, 2 * Long.BYTES);
            int runs = Math.toIntExact(tail.getLong());
            long entries = tail.getLong();
            ByteBuffer ends = read(channel, channel.size() - (2L + runs) * Long.BYTES, runs * Long.BYTES);
            List<Long> runEnds = new ArrayList<>(runs);
            for (int i = 0; i < runs; i++) {
                runEnds.add(ends.getLong());
            }
            return new Spool(file, runEnds, entries);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("a spool ends too early: it was not closed");
            }
        }
        return buffer.flip();
    }
}
