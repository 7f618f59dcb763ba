package io.tillwatch.jobs.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Values as bytes, for state. Reuses its buffer, so one for each task. */
public final class Packed<T> {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Codec<T> codec;
    private final DataOutputSerializer buffer = new DataOutputSerializer(512);
    private final DataInputDeserializer input = new DataInputDeserializer();

    public Packed(Codec<T> codec) {
        this.codec = codec;
    }

    public byte[] bytes(T value) {
        try {
            buffer.clear();
            write(codec, value, buffer);
            return buffer.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    public T value(byte[] bytes) {
        try {
            input.setBuffer(bytes);
            return read(codec, input);
        } catch (IOException e) {
            throw new UncheckedIOException("state cannot be read", e);
        }
    }

    /** Of bytes that begin with a number of fixed length after the version, that number. */
    static long firstLong(byte[] bytes) {
        return (long) LONGS.get(bytes, 1);
    }

    /** Writes a value under the version of its codec. */
    static <T> void write(Codec<T> codec, T value, DataOutput out) throws IOException {
        out.writeByte(codec.version());
        codec.write(value, new PackedOutput(out));
    }

    /** Reads a value of any version up to that of its codec. */
    static <T> T read(Codec<T> codec, DataInput in) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > codec.version()) {
            throw new IllegalStateException("state of version " + version + " was written by a later build than this,"
                    + " which reads up to " + codec.version() + ": start that build again");
        }
        return codec.read(new PackedInput(in), version);
    }
}
