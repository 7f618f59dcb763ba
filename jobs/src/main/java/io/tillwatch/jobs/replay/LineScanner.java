package io.tillwatch.jobs.replay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Goes through the lines of a stream, in place. Of a line that is too long only the beginning is kept, so that no line
 * fills the memory. Blank lines are passed over and counted; a byte order mark before the first line is passed over.
 */
final class LineScanner implements Closeable {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final InputStream in;
    private final int bytesKept;
    private final byte[] buffer;
    private int from;
    private int filled;
    private boolean ended;

    private long number;
    private int start;
    private int kept;
    private long length;

    /** @param bytesKept how much of a line is kept at least */
    LineScanner(InputStream in, int bytesKept) {
        this.in = in;
        this.bytesKept = bytesKept;
        this.buffer = new byte[Math.max(BUFFER_BYTES, 2 * bytesKept)];
    }

    /** Goes to the next line that is not blank; false when there is none. */
    boolean next() throws IOException {
        while (nextOfAny()) {
            if (!blank()) {
                return true;
            }
        }
        return false;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** The bytes that {@link #start()} and {@link #kept()} speak of; valid until the next line. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** How many bytes of the line are in the buffer. */
    int kept() {
        return kept;
    }

    /** How many bytes the line has, without its end. */
    long length() {
        return length;
    }

    private boolean nextOfAny() throws IOException {
        int end = endInBuffer(from);
        if (end < 0 && !ended) {
            moveToFront();
            end = fillToEndOfLine();
        }
        if (end >= 0) {
            set(from, end - from, end - from);
            from = end + 1;
            return true;
        }
        if (ended) {
            boolean any = filled > from;
            set(from, filled - from, filled - from);
            from = filled;
            return any;
        }
        tooLong();
        return true;
    }

    /** Reads until the buffer holds the end of the line, is full, or nothing more comes. */
    private int fillToEndOfLine() throws IOException {
        int searched = filled;
        while (filled < buffer.length) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                ended = true;
                return -1;
            }
            filled += read;
            int end = endInBuffer(searched);
            if (end >= 0) {
                return end;
            }
            searched = filled;
        }
        return -1;
    }

    /** Keeps the beginning of the line at the buffer's front and passes over the rest of it. */
    private void tooLong() throws IOException {
        long passed = bytesKept;
        int at = bytesKept;
        while (true) {
            int end = endInBuffer(at);
            if (end >= 0 || ended) {
                int last = end >= 0 ? end : filled;
                passed += last - at;
                from = end >= 0 ? end + 1 : filled;
                set(0, bytesKept, passed);
                return;
            }
            passed += filled - at;
            at = bytesKept;
            filled = bytesKept;
            int read = in.read(buffer, filled, buffer.length - filled);
            ended = read < 0;
            filled += Math.max(0, read);
        }
    }

    private void moveToFront() {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        from = 0;
    }

    private int endInBuffer(int searchFrom) {
        for (int i = searchFrom; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void set(int lineStart, int lineKept, long lineLength) {
        number++;
        start = lineStart;
        kept = lineKept;
        length = lineLength;
        if (number == 1 && kept >= 3 && at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) {
            start += 3;
            kept -= 3;
            length -= 3;
        }
        if (kept == length && kept > 0 && at(kept - 1) == '\r') {
            kept--;
            length--;
        }
    }

    private int at(int index) {
        return buffer[start + index] & 0xFF;
    }

    private boolean blank() {
        if (length > kept) {
            return false;
        }
        for (int i = 0; i < kept; i++) {
            if (at(i) != ' ' && at(i) != '\t' && at(i) != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
