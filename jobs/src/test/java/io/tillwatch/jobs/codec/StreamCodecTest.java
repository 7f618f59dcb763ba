package io.tillwatch.jobs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.jobs.given.RandomValues;
import io.tillwatch.jobs.given.RandomValues.Optional;
import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type that travels between tasks, as Flink writes and reads it. */
class StreamCodecTest {

    private static final int VALUES = 100;

    static List<CodecType<?>> types() {
        return List.of(
                StreamCodec.INBOUND_TYPE,
                StreamCodec.EVENT_TYPE,
                StreamCodec.DEAD_LETTER_TYPE,
                StreamCodec.POLICY_TYPE,
                StreamCodec.POLICY_INBOUND_TYPE,
                StreamCodec.SIGN_TYPE,
                StreamCodec.SUSPICION_TYPE,
                StreamCodec.ALERT_TYPE,
                StreamCodec.COMMAND_TYPE,
                StreamCodec.GUARD_INPUT_TYPE);
    }

    @Test
    void knowsAllTypes() {
        assertThat(types()).hasSameSizeAs(StreamCodec.values()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("checkpoints name these constants, so none is ever renamed or taken out")
    void keepsTheNamesThatCheckpointsHold() {
        assertThat(Arrays.stream(StreamCodec.values()).map(Enum::name))
                .startsWith(
                        "INBOUND",
                        "PAYMENT_EVENT",
                        "DEAD_LETTER",
                        "POLICY_CHANGE",
                        "POLICY_INBOUND",
                        "SIGN",
                        "SUSPICION",
                        "ALERT",
                        "COMMAND",
                        "GUARD_INPUT");
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void readsWhatItWrote(CodecType<T> type) throws IOException {
        long seed = Seeds.of("values of " + type);
        for (Optional optional : Optional.values()) {
            RandomValues values = new RandomValues(seed, optional);
            for (int i = 0; i < VALUES; i++) {
                T value = values.of(type.getTypeClass());
                byte[] bytes = written(type, value);
                T read = read(type, bytes);
                if (!read.equals(value)) { // arrays within are never equal
                    assertThat(read)
                            .as("%s optional fields", optional)
                            .usingRecursiveComparison()
                            .isEqualTo(value);
                }
                assertThat(copied(type, bytes)).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("each value begins with a version, and one of a later build is refused with its remedy")
    <T> void refusesWhatALaterBuildWrote(CodecType<T> type) throws IOException {
        byte[] bytes = written(type, new RandomValues(1, Optional.ALL).of(type.getTypeClass()));
        assertThat(bytes[0]).isEqualTo((byte) 1);
        bytes[0] = 2;

        assertThatThrownBy(() -> read(type, bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state of version 2")
                .hasMessageContaining("start that build again");
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("no type is generic")
    void isWrittenByACodecOfOurs(CodecType<?> type) {
        TypeSerializer<?> serializer = serializer(type);
        assertThat(type).isNotInstanceOf(GenericTypeInfo.class);
        assertThat(serializer).isInstanceOf(CodecSerializer.class);
        assertThat(serializer.isImmutableType()).isTrue();
        assertThat(type.isKeyType()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("types")
    void isRestoredFromACheckpointAsItIs(CodecType<?> type) throws Exception {
        TypeSerializer<?> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<?> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(compatible(serializer.snapshotConfiguration(), restored)).isTrue();
        CodecType<?> otherType = type.equals(StreamCodec.ALERT_TYPE) ? StreamCodec.SIGN_TYPE : StreamCodec.ALERT_TYPE;
        TypeSerializer<?> other = serializer(otherType);
        assertThat(compatible(other.snapshotConfiguration(), restored)).isFalse();
    }

    @Test
    @DisplayName("a setting that is not known any more is passed over, and what comes after it is read")
    void passesOverASettingThatWasTakenOut() throws IOException {
        PackedOutput out = new PackedOutput();
        out.writeByte(1);
        out.writeString("*");
        out.writeCount(2);
        out.writeString("takenOutLongAgo");
        out.writeLong(7);
        out.writeString("matchGrace");
        out.writeLong(5);

        assertThat(read(StreamCodec.POLICY_TYPE, out.takeBytes()))
                .isEqualTo(new PolicyChange("*", Map.of(Setting.MATCH_GRACE, 5L)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void travelsInAJobGraph(CodecType<?> type) throws Exception {
        assertThat(InstantiationUtil.clone(type)).isEqualTo(type).hasSameHashCodeAs(type);
        assertThat(InstantiationUtil.clone(serializer(type))).isEqualTo(serializer(type));
        assertThat(type.canEqual(type)).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T> boolean compatible(TypeSerializerSnapshot<T> now, TypeSerializerSnapshot<?> old) {
        return now.resolveSchemaCompatibility((TypeSerializerSnapshot<T>) old).isCompatibleAsIs();
    }

    private static <T> TypeSerializer<T> serializer(CodecType<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static <T> byte[] written(CodecType<T> type, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer(type).serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T read(CodecType<T> type, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T value = serializer(type).deserialize(in);
        assertThat(in.available()).as("read to the last byte").isZero();
        return value;
    }

    private static byte[] copied(CodecType<?> type, byte[] bytes) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer(type).copy(new DataInputDeserializer(bytes), out);
        return out.getCopyOfBuffer();
    }
}
