package io.tillwatch.jobs.codec;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link PackedOutput} wrote. */
public final class PackedInput {

    private final DataInput in;
    private final List<String> strings = new ArrayList<>(8);

    public PackedInput(DataInput in) {
        this.in = in;
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
            return strings.get(head - 2);
        }
        byte[] bytes = new byte[readCount()];
        in.readFully(bytes);
        String value = new String(bytes, StandardCharsets.UTF_8);
        if (strings.size() < PackedOutput.STRINGS_MAX) {
            strings.add(value);
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
