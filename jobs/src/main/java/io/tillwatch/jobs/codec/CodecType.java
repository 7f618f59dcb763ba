package io.tillwatch.jobs.codec;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink that a type is written by a codec of ours, never by reflection. */
public final class CodecType<T> extends TypeInformation<T> {

    private final Class<T> type;
    private final StreamCodec which;

    CodecType(Class<T> type, StreamCodec which) {
        this.type = type;
        this.which = which;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new CodecSerializer<>(which);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "CodecType(" + which + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecType<?> that && that.which == which;
    }

    @Override
    public int hashCode() {
        return Objects.hash(which);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CodecType;
    }
}
