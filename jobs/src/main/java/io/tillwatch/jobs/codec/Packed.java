package io.tillwatch.jobs.codec;

import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Values as bytes, for state. Uses its buffers again, so one for each task. */
public final class Packed<T> {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Codec<T> codec;
    private final PackedOutput out = new PackedOutput();
    private final PackedInput in = new PackedInput();
    private final DataInputDeserializer source = new DataInputDeserializer();

    public Packed(Codec<T> codec) {
        this.codec = codec;
    }

    public byte[] bytes(T value) {
        try {
            out.forget();
            write(codec, value, out);
            return out.takeBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    public T value(byte[] bytes) {
        try {
            source.setBuffer(bytes);
            return read(codec, source, in);
        } catch (IOException e) {
            throw new UncheckedIOException("state cannot be read", e);
        }
    }

    /** Of bytes that begin with a number of fixed length after the version, that number. */
    static long firstLong(byte[] bytes) {
        return (long) LONGS.get(bytes, 1);
    }

    /** Writes a value under the version of its codec. */
    static <T> void write(Codec<T> codec, T value, PackedOutput out) throws IOException {
        out.writeByte(codec.version());
        codec.write(value, out);
    }

    /** Reads a value of any version up to that of its codec. */
    static <T> T read(Codec<T> codec, DataInput source, PackedInput in) throws IOException {
        int version = source.readByte();
        if (version < 1 || version > codec.version()) {
            throw new IllegalStateException("state of version " + version + " was written by a later build than this,"
                    + " which reads up to " + codec.version() + ": start that build again");
        }
        return codec.read(in.of(source), version);
    }
}
