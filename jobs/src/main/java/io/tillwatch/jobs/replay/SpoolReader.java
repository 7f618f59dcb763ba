package io.tillwatch.jobs.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** Reads spools as one, in the order of the keys; entries of one key in the order of their values. For one thread. */
final class SpoolReader implements Closeable {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final List<FileChannel> channels = new ArrayList<>();
    private final PriorityQueue<Run> others = new PriorityQueue<>();
    private Run current;

    SpoolReader(List<Spool> spools) throws IOException {
        try {
            for (Spool spool : spools) {
                FileChannel channel = FileChannel.open(spool.file(), StandardOpenOption.READ);
                channels.add(channel);
                long start = 0;
                for (long end : spool.runEnds()) {
                    Run run = new Run(channel, start, end);
                    if (run.next()) {
                        others.add(run);
                    }
                    start = end;
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Goes to the next entry; false when there is none. */
    boolean next() throws IOException {
        if (current != null && current.next()) {
            if (others.isEmpty() || current.compareTo(others.peek()) <= 0) {
                return true;
            }
            others.add(current);
        }
        current = others.poll();
        return current != null;
    }

    /** The present entry's key; valid until the next one. */
    ByteBuffer key() {
        return ByteBuffer.wrap(current.buffer, current.keyStart, current.keyLength)
                .slice();
    }

    /** The present entry's value; valid until the next one. */
    ByteBuffer value() {
        return ByteBuffer.wrap(current.buffer, current.keyStart + current.keyLength, current.valueLength);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }

    /** One run, read through a buffer that holds the present entry as a whole. */
    private static final class Run implements Comparable<Run> {

        private final FileChannel channel;
        private final long end;
        private byte[] buffer;
        private int filled;
        private long readTo;
        private int entryEnd;
        private int keyStart;
        private int keyLength;
        private int valueLength;

        Run(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.end = end;
            this.readTo = start;
            this.buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, end - start))];
        }

        boolean next() throws IOException {
            int start = entryEnd;
            if (start == filled && readTo == end) {
                return false;
            }
            start = hold(start, Spool.HEADER_BYTES);
            int entryBytes = Spool.HEADER_BYTES + Ints.at(buffer, start) + Ints.at(buffer, start + Integer.BYTES);
            start = hold(start, entryBytes);
            keyLength = Ints.at(buffer, start);
            valueLength = Ints.at(buffer, start + Integer.BYTES);
            keyStart = start + Spool.HEADER_BYTES;
            entryEnd = start + entryBytes;
            return true;
        }

        /** Sees to it that so many bytes from a place on are in the buffer; says where they now are. */
        private int hold(int start, int length) throws IOException {
            if (filled - start >= length) {
                return start;
            }
            byte[] target = length > buffer.length ? new byte[Math.max(length, 2 * buffer.length)] : buffer;
            System.arraycopy(buffer, start, target, 0, filled - start);
            buffer = target;
            filled -= start;
            while (filled < length) {
                int wanted = (int) Math.min(buffer.length - filled, end - readTo);
                int read = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(buffer, filled, wanted), readTo);
                if (read < 0) {
                    throw new IOException("a spool ends within an entry");
                }
                filled += read;
                readTo += read;
            }
            return 0;
        }

        @Override
        public int compareTo(Run other) {
            int byKey = Arrays.compareUnsigned(
                    buffer,
                    keyStart,
                    keyStart + keyLength,
                    other.buffer,
                    other.keyStart,
                    other.keyStart + other.keyLength);
            return byKey != 0
                    ? byKey
                    : Arrays.compareUnsigned(
                            buffer,
                            keyStart + keyLength,
                            entryEnd,
                            other.buffer,
                            other.keyStart + other.keyLength,
                            other.entryEnd);
        }
    }
}
