package io.tillwatch.jobs.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes numbers in as few bytes as they need, and a string that was written before as a reference to it. It gathers the bytes
 * until they are asked for, and can be used again then.
 */
public final class PackedOutput {

    /** References reach back to this many strings, so that a payment of many records does not take ages. */
    static final int STRINGS_MAX = 64;

    private static final int BYTES_AT_FIRST = 512;
    private static final int NUMBER_BYTES_MAX = 10;

    private static final int NULL = 0;
    private static final int LITERAL = 1;
    private static final int FIRST_REFERENCE = 2;

    private final String[] strings = new String[STRINGS_MAX];
    private int stringCount;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int size;

    /** What was written since the last time. */
    byte[] takeBytes() {
        byte[] taken = Arrays.copyOf(bytes, size);
        forget();
        return taken;
    }

    /** Passes on what was written since the last time. */
    void takeBytes(DataOutput out) throws IOException {
        out.write(bytes, 0, size);
        forget();
    }

    /** Begins anew. */
    void forget() {
        Arrays.fill(strings, 0, stringCount, null);
        stringCount = 0;
        size = 0;
    }

    public void writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** A number in always eight bytes. */
    public void writeFixedLong(long value) {
        writeFixedInt((int) (value >>> Integer.SIZE));
        writeFixedInt((int) value);
    }

    /** A number in always four bytes. */
    public void writeFixedInt(int value) {
        room(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** A whole number, small ones of either sign in fewer bytes. */
    public void writeLong(long value) {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** A count or position, which is not negative. */
    public void writeCount(int value) {
        writeUnsigned(value);
    }

    public void writeOptionalLong(Long value) {
        writeBoolean(value != null);
        if (value != null) {
            writeLong(value);
        }
    }

    public void writeEnum(Enum<?> value) {
        writeByte(value == null ? -1 : value.ordinal());
    }

    /** Bytes or null. */
    public void writeBytes(byte[] value) {
        writeCount(value == null ? 0 : value.length + 1);
        if (value != null) {
            append(value);
        }
    }

    /** A string or null. */
    public void writeString(String value) {
        if (value == null) {
            writeCount(NULL);
            return;
        }
        int known = placeOf(value);
        if (known >= 0) {
            writeCount(known + FIRST_REFERENCE);
            return;
        }
        if (stringCount < STRINGS_MAX) {
            strings[stringCount++] = value;
        }
        writeCount(LITERAL);
        if (!appendAscii(value)) {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            writeCount(encoded.length);
            append(encoded);
        }
    }

    private int placeOf(String value) {
        int length = value.length();
        for (int i = 0; i < stringCount; i++) {
            String known = strings[i];
            if (known.length() == length && sameEnd(known, value, length) && known.equals(value)) {
                return i;
            }
        }
        return -1;
    }

    /** Identities differ at their end, most of them; their beginnings are alike. */
    private static boolean sameEnd(String one, String other, int length) {
        return length == 0 || one.charAt(length - 1) == other.charAt(length - 1);
    }

    /** Without an array of its own; false, and nothing is written, if it is not ASCII. */
    private boolean appendAscii(String value) {
        int length = value.length();
        room(NUMBER_BYTES_MAX + length);
        int before = size;
        writeCount(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 0x7F) {
                size = before;
                return false;
            }
            bytes[size++] = (byte) c;
        }
        return true;
    }

    private void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void writeUnsigned(long value) {
        room(NUMBER_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length + (bytes.length >> 1)));
        }
    }
}
