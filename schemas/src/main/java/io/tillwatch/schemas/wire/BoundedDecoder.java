package io.tillwatch.schemas.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoder over one byte array, made safe for bytes that anyone may have written: a length or a count is
 * never more than the bytes that are left, so that a dozen bytes cannot ask for gigabytes (Avro's own limits hold for
 * the whole JVM and stand at 2 GiB unless each JVM sets them). A boolean is 0 or 1, text is well-formed UTF-8: Avro
 * would take any other byte for false and any other text for replacement characters.
 *
 * <p>The count of an array or map is bounded because each element of the schemas here takes a byte at least.
 */
final class BoundedDecoder extends Decoder {

    private static final byte[] NOTHING = {};

    private BinaryDecoder in;
    private byte[] text = new byte[256];
    private final byte[] one = new byte[1];

    /** Starts anew on these bytes. */
    void open(byte[] bytes, int offset, int length) {
        in = DecoderFactory.get().binaryDecoder(bytes, offset, length, in);
    }

    /** How many bytes were not read yet. */
    int remaining() throws IOException {
        return in.inputStream().available();
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        in.readFixed(one, 0, 1);
        return switch (one[0]) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new MalformedException("a boolean is neither 0 nor 1");
        };
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        if (text.length < length) {
            text = new byte[length];
        }
        in.readFixed(text, 0, length);
        for (int i = 0; i < length; i++) {
            if (text[i] < 0) {
                return beyondAscii(length);
            }
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = length();
        byte[] bytes = length == 0 ? NOTHING : new byte[length];
        in.readFixed(bytes, 0, length);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return count(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return count(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return count(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return count(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return count(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return count(in.skipMap());
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }

    private int length() throws IOException {
        long length = in.readLong();
        if (length < 0 || length > remaining()) {
            throw new MalformedException("a text is said to be longer than the bytes that are left");
        }
        return (int) length;
    }

    private long count(long count) throws IOException {
        if (count < 0 || count > remaining()) {
            throw new MalformedException("a list is said to have more elements than bytes are left");
        }
        return count;
    }

    private String beyondAscii(int length) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("a text is not UTF-8");
        }
    }
}
