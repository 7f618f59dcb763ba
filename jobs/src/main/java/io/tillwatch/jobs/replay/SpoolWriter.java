package io.tillwatch.jobs.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes a {@link Spool}. Entries are sorted in chunks; a chunk that follows on what was written before goes into the
 * same run, so entries that come in order make one run. For one thread.
 */
final class SpoolWriter implements Closeable {

    private static final int CHUNK_BYTES = 8 * 1024 * 1024;
    private static final int FIRST_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final FileChannel channel;
    private final int chunkBytes;

    private byte[] chunk = new byte[FIRST_BYTES];
    private int filled;
    private int[] starts = new int[256];
    private int count;
    private boolean inOrder = true;

    private byte[] lastOfRun = NOTHING;
    private long written;
    private long[] runEnds = new long[16];
    private int runs;
    private long entries;
    private boolean closed;

    SpoolWriter(Path file) throws IOException {
        this(file, CHUNK_BYTES);
    }

    /** @param chunkBytes how much is sorted at a time */
    SpoolWriter(Path file, int chunkBytes) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.chunkBytes = chunkBytes;
    }

    /** Adds an entry; both buffers remain the caller's. */
    void add(DataOutputSerializer key, DataOutputSerializer value) throws IOException {
        int length = Spool.HEADER_BYTES + key.length() + value.length();
        if (count > 0 && filled + length > chunkBytes) {
            writeChunk();
        }
        if (filled + length > chunk.length) {
            chunk = Arrays.copyOf(chunk, Math.max(filled + length, Math.min(chunkBytes, 2 * chunk.length)));
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        ByteBuffer.wrap(chunk, filled, length)
                .putInt(key.length())
                .putInt(value.length())
                .put(key.getSharedBuffer(), 0, key.length())
                .put(value.getSharedBuffer(), 0, value.length());
        inOrder = inOrder && (count == 0 || compare(starts[count - 1], filled) <= 0);
        starts[count++] = filled;
        filled += length;
        entries++;
    }

    private void writeChunk() throws IOException {
        if (count == 0) {
            return;
        }
        int[] order = order();
        int first = order[0];
        boolean follows = runs > 0 && compareKey(lastOfRun, first) <= 0;
        if (inOrder) {
            write(ByteBuffer.wrap(chunk, 0, filled));
        } else {
            byte[] sorted = new byte[filled];
            int at = 0;
            for (int start : order) {
                int length = length(start);
                System.arraycopy(chunk, start, sorted, at, length);
                at += length;
            }
            write(ByteBuffer.wrap(sorted));
        }
        int last = order[count - 1];
        lastOfRun = Arrays.copyOfRange(chunk, keyStart(last), keyStart(last) + keyLength(last));
        if (!follows) {
            if (runs == runEnds.length) {
                runEnds = Arrays.copyOf(runEnds, 2 * runs);
            }
            runs++;
        }
        runEnds[runs - 1] = written;
        filled = 0;
        count = 0;
        inOrder = true;
    }

    private int[] order() {
        if (inOrder) {
            return starts;
        }
        Integer[] boxed = new Integer[count];
        Arrays.setAll(boxed, i -> starts[i]);
        Arrays.sort(boxed, this::compare);
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(
                chunk,
                keyStart(one),
                keyStart(one) + keyLength(one),
                chunk,
                keyStart(other),
                keyStart(other) + keyLength(other));
    }

    private int compareKey(byte[] key, int start) {
        return Arrays.compareUnsigned(key, 0, key.length, chunk, keyStart(start), keyStart(start) + keyLength(start));
    }

    private static int keyStart(int start) {
        return start + Spool.HEADER_BYTES;
    }

    private int keyLength(int start) {
        return Ints.at(chunk, start);
    }

    private int length(int start) {
        return Spool.HEADER_BYTES + keyLength(start) + Ints.at(chunk, start + Integer.BYTES);
    }

    /** Writes what is left. A spool that was not closed cannot be read. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            writeChunk();
            ByteBuffer tail = ByteBuffer.allocate((runs + 2) * Long.BYTES);
            for (int i = 0; i < runs; i++) {
                tail.putLong(runEnds[i]);
            }
            write(tail.putLong(runs).putLong(entries).flip());
        }
        chunk = NOTHING;
    }
}
