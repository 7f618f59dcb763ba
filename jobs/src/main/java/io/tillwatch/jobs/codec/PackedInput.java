package io.tillwatch.jobs.codec;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link PackedOutput} wrote, of one source after the other. */
public final class PackedInput {

    private static final int TEXT_BYTES = 128;

    private final String[] strings = new String[PackedOutput.STRINGS_MAX];
    private int stringCount;

    /** Where a text stands for a moment, before it is one. */
    private final byte[] text = new byte[TEXT_BYTES];

    private DataInput in;

    /** Begins with another source. */
    PackedInput of(DataInput source) {
        in = source;
        Arrays.fill(strings, 0, stringCount, null);
        stringCount = 0;
        return this;
    }

    public byte readByte() throws IOException {
        return in.readByte();
    }

    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    public long readFixedLong() throws IOException {
        return in.readLong();
    }

    public int readFixedInt() throws IOException {
        return in.readInt();
    }

    public long readLong() throws IOException {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    public int readCount() throws IOException {
        return Math.toIntExact(readUnsigned());
    }

    public Long readOptionalLong() throws IOException {
        return in.readBoolean() ? readLong() : null;
    }

    /** @param constants all constants of the enum, in their order */
    public <E extends Enum<E>> E readEnum(E[] constants) throws IOException {
        int ordinal = in.readByte();
        return ordinal < 0 ? null : constants[ordinal];
    }

    public byte[] readBytes() throws IOException {
        int length = readCount() - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    public String readString() throws IOException {
        int head = readCount();
        if (head == 0) {
            return null;
        }
        if (head > 1) {
            return strings[head - 2];
        }
        int length = readCount();
        byte[] bytes = length <= TEXT_BYTES ? text : new byte[length];
        in.readFully(bytes, 0, length);
        String value = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (stringCount < PackedOutput.STRINGS_MAX) {
            strings[stringCount++] = value;
        }
        return value;
    }

    private long readUnsigned() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 64 bits: the state was not written by this codec");
    }
}
