package io.tillwatch.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.Records;
import io.tillwatch.schemas.history.SchemaHistory;
import io.tillwatch.schemas.json.JsonLines;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in a topic or a line. In the build what is known to be worth trying is tried; a fuzzer finds more with
 * {@code JAZZER_FUZZ=1}, one method at a time: see CONTRIBUTING.md.
 */
class UntrustedBytesTest {

    private static final long SEED = 8583;

    private final SingleObject format = new SingleObject();

    /** The first byte says of which type, so that what changes is the record's body, behind a header that is right. */
    @MethodSource("records")
    @FuzzTest(maxDuration = "15m")
    void readsWhatItLetsInAndNeverThrows(byte[] bytes) {
        if (bytes.length > 0) {
            RecordType<?> type = type(bytes[0]);
            bytes(type, behindHeader(type, bytes));
        }
    }

    @MethodSource("lines")
    @FuzzTest(maxDuration = "15m")
    void readsLinesLikewise(byte[] bytes) {
        if (bytes.length > 0) {
            line(type(bytes[0]), bytes);
        }
    }

    private <T extends SpecificRecordBase> void bytes(RecordType<T> type, byte[] bytes) {
        if (format.reader(type).read(bytes) instanceof Decoded.Value<T> value) {
            comesBack(type, value);
        }
    }

    private <T extends SpecificRecordBase> void line(RecordType<T> type, byte[] bytes) {
        if (JsonLines.of(type).read(bytes, 1, bytes.length - 1).record() instanceof Decoded.Value<T> value) {
            comesBack(type, value);
        }
    }

    /** What was let in can be written in either form, and is the same again. */
    private <T extends SpecificRecordBase> void comesBack(RecordType<T> type, Decoded.Value<T> value) {
        assertThat(format.reader(type).read(format.writer(type).write(value.value())))
                .isEqualTo(value);
        JsonLines<T> lines = JsonLines.of(type);
        assertThat(lines.read(lines.write(value.value())).record()).isEqualTo(value);
    }

    static Stream<Arguments> records() {
        return RecordType.all().stream().map(type -> Arguments.of((Object) seed(type, false)));
    }

    static Stream<Arguments> lines() {
        return RecordType.all().stream().map(type -> Arguments.of((Object) seed(type, true)));
    }

    private static <T extends SpecificRecordBase> byte[] seed(RecordType<T> type, boolean line) {
        T record = new Records(SEED).withAllOptionalFields(type);
        byte[] whole = line
                ? JsonLines.of(type).write(record)
                : new SingleObject().writer(type).write(record);
        int body = line ? 0 : 2 + Long.BYTES;
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(RecordType.all().indexOf(type));
        seed.write(whole, body, whole.length - body);
        return seed.toByteArray();
    }

    private static RecordType<?> type(byte first) {
        List<RecordType<?>> all = RecordType.all();
        return all.get(Math.floorMod(first, all.size()));
    }

    private static byte[] behindHeader(RecordType<?> type, byte[] bytes) {
        return ByteBuffer.allocate(2 + Long.BYTES + bytes.length - 1)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaHistory.fingerprint(type.schema()))
                .put(bytes, 1, bytes.length - 1)
                .array();
    }
}
