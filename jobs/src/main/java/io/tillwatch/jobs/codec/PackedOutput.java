package io.tillwatch.jobs.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes numbers in as few bytes as they need, and a string that was written before as a reference to it. */
public final class PackedOutput {

    /** References reach back to this many strings, so that a payment of many records does not take ages. */
    static final int STRINGS_MAX = 64;

    private static final int NULL = 0;
    private static final int LITERAL = 1;
    private static final int FIRST_REFERENCE = 2;

    private final DataOutput out;
    private final List<String> strings = new ArrayList<>(8);

    public PackedOutput(DataOutput out) {
        this.out = out;
    }

    public void writeByte(int value) throws IOException {
        out.writeByte(value);
    }

    public void writeBoolean(boolean value) throws IOException {
        out.writeBoolean(value);
    }

    /** A number in always eight bytes. */
    public void writeFixedLong(long value) throws IOException {
        out.writeLong(value);
    }

    /** A number in always four bytes. */
    public void writeFixedInt(int value) throws IOException {
        out.writeInt(value);
    }

    /** A whole number, small ones of either sign in fewer bytes. */
    public void writeLong(long value) throws IOException {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** A count or position, which is not negative. */
    public void writeCount(int value) throws IOException {
        writeUnsigned(value);
    }

    public void writeOptionalLong(Long value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writeLong(value);
        }
    }

    public void writeEnum(Enum<?> value) throws IOException {
        out.writeByte(value == null ? -1 : value.ordinal());
    }

    /** Bytes or null. */
    public void writeBytes(byte[] value) throws IOException {
        writeCount(value == null ? 0 : value.length + 1);
        if (value != null) {
            out.write(value);
        }
    }

    /** A string or null. */
    public void writeString(String value) throws IOException {
        if (value == null) {
            writeCount(NULL);
            return;
        }
        int known = strings.indexOf(value);
        if (known >= 0) {
            writeCount(known + FIRST_REFERENCE);
            return;
        }
        if (strings.size() < STRINGS_MAX) {
            strings.add(value);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        writeCount(LITERAL);
        writeCount(bytes.length);
        out.write(bytes);
    }

    private void writeUnsigned(long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
