package io.tillwatch.jobs.codec;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's view of a codec. Always compatible as it is, since each value carries its version itself. Uses its buffers again, so
 * it is duplicated for each thread.
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {

    private final StreamCodec which;

    private transient PackedOutput out;
    private transient PackedInput in;

    CodecSerializer(StreamCodec which) {
        this.which = which;
    }

    private Codec<T> codec() {
        return which.codec();
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        if (out == null) {
            out = new PackedOutput();
        }
        out.forget();
        Packed.write(codec(), value, out);
        out.takeBytes(target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        if (in == null) {
            in = new PackedInput();
        }
        return Packed.read(codec(), source, in);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new CodecSerializer<>(which);
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecSerializer<?> that && that.which == which;
    }

    @Override
    public int hashCode() {
        return which.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(which);
    }

    /** What a checkpoint remembers of the serializer: the name of its codec. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {

        private StreamCodec which;

        /** For Flink, before {@link #readSnapshot}. */
        public Snapshot() {}

        Snapshot(StreamCodec which) {
            this.which = which;
        }

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(which.name());
        }

        @Override
        public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
                throws IOException {
            which = StreamCodec.valueOf(in.readUTF());
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new CodecSerializer<>(which);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
            return old instanceof Snapshot<T> that && that.which == which
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
