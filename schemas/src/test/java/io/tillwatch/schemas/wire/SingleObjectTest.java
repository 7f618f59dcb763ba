package io.tillwatch.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.Records;
import io.tillwatch.schemas.history.SchemaHistory;
import io.tillwatch.schemas.history.Schemas;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectTest {

    private static final Schema TEXT = Schema.create(Schema.Type.STRING);

    private final SingleObject format = new SingleObject();
    private final RecordReader<Capture> reader = format.reader(RecordType.CAPTURE);
    private final byte[] good = format.writer(RecordType.CAPTURE).write(capture());

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void readsWhatItWrote(RecordType<?> type) {
        roundTrips(type);
    }

    private <T extends SpecificRecordBase> void roundTrips(RecordType<T> type) {
        Records records = new Records(Records.seed("round trips of " + type));
        RecordWriter<T> writer = format.writer(type);
        RecordReader<T> ours = format.reader(type);
        for (int i = 0; i < 200; i++) {
            T record = i == 0
                    ? records.withAllOptionalFields(type)
                    : i == 1 ? records.withNoOptionalField(type) : records.withSomeOptionalFields(type);
            byte[] bytes = writer.write(record);
            Decoded<T> read = ours.read(bytes);
            assertThat(read).isEqualTo(new Decoded.Value<>(record));
            assertThat(writer.write(((Decoded.Value<T>) read).value())).isEqualTo(bytes);
        }
    }

    @Test
    void isTheEncodingOfTheSpecification() throws IOException {
        assertThat(good).isEqualTo(bytes(Capture.getEncoder().encode(capture())));
        assertThat(Capture.getDecoder().decode(good)).isEqualTo(capture());
        assertThat(ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(2))
                .isEqualTo(SchemaHistory.fingerprint(Schemas.plain(RecordType.CAPTURE)));
    }

    /** Trap 16. */
    @Test
    void readsANewerWriterWithAFieldThatWeDoNotKnow() {
        Schema newer = Schemas.with(
                Schemas.with(Schemas.plain(RecordType.CAPTURE), Schemas.optional("channel", TEXT)),
                new Schema.Field("tags", Schema.createArray(TEXT), "planted", List.of()));
        GenericData.Record written = generic(newer);
        written.put("channel", "kiosk");
        written.put("tags", List.of("a", "b"));
        byte[] bytes = encode(newer, written);

        assertThat(unreadable(reader.read(bytes))).contains("schema of Capture that this build does not know");
        assertThat(new SingleObject(List.of(newer)).reader(RecordType.CAPTURE).read(bytes))
                .isEqualTo(new Decoded.Value<>(capture()));
    }

    /** Trap 16. */
    @Test
    void readsAnOlderWriterWithoutAFieldThatWeHave() {
        Schema older = Schemas.without(Schemas.without(Schemas.plain(RecordType.CAPTURE), "terminalId"), "last");
        byte[] bytes = encode(older, generic(older));
        assertThat(new SingleObject(List.of(older)).reader(RecordType.CAPTURE).read(bytes))
                .isEqualTo(new Decoded.Value<>(
                        Capture.newBuilder(capture()).setTerminalId(null).build()));
    }

    @Test
    void refusesWhenMadeANewerWriterThatItCannotRead() {
        Schema newer = Schemas.without(Schemas.plain(RecordType.CAPTURE), "amount");
        assertThatThrownBy(() -> new SingleObject(List.of(newer)).reader(RecordType.CAPTURE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amount");
    }

    /** Trap 12. */
    @Test
    void keepsPoisonFromItsGoodNeighbours() {
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        byte[] withAppendedField = Arrays.copyOf(good, good.length + 6);
        byte[] twice = ByteBuffer.allocate(2 * good.length - 10)
                .put(good)
                .put(good, 10, good.length - 10)
                .array();
        for (byte[] poison : List.of(cut, withAppendedField, twice, new byte[0], new byte[] {1, 2, 3})) {
            assertThat(reader.read(good)).isEqualTo(new Decoded.Value<>(capture()));
            assertThat(reader.read(poison)).isInstanceOf(Decoded.Unreadable.class);
            assertThat(reader.read(good)).isEqualTo(new Decoded.Value<>(capture()));
        }
        assertThat(unreadable(reader.read(withAppendedField))).contains("6 bytes are left over");
        assertThat(unreadable(reader.read(cut))).contains("end within a field");
    }

    @Test
    void saysWhyItCannotReadAndNeverWhat() {
        assertThat(unreadable(reader.read("4111111111111111".getBytes(StandardCharsets.UTF_8))))
                .contains("marker")
                .doesNotContain("4111");
        byte[] foreign = good.clone();
        byte[] cardNumber = {0x41, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11};
        System.arraycopy(cardNumber, 0, foreign, 2, cardNumber.length);
        assertThat(unreadable(reader.read(foreign))).contains("does not know").doesNotContain("1111");
        assertThat(unreadable(reader.read(new byte[] {(byte) 0xC3, 1, 7}))).contains("3 bytes long");
    }

    @Test
    void asksForNoMoreMemoryThanTheRecordIsLong() throws IOException {
        byte[] hugeText = body(out -> out.writeLong(Integer.MAX_VALUE - 16L));
        byte[] negativeText = body(out -> out.writeLong(-5));
        Schema alert = RecordType.ALERT.schema();
        byte[] hugeList = alertWith(out -> out.writeLong(Integer.MAX_VALUE - 16L));
        byte[] hugeBlock = alertWith(out -> {
            out.writeLong(-1_000_000_000_000L);
            out.writeLong(8);
        });
        RecordReader<?> alerts = format.reader(RecordType.ALERT);
        assertThat(allocatedBy(() -> {
                    assertThat(unreadable(reader.read(hugeText))).contains("longer than the bytes that are left");
                    assertThat(unreadable(reader.read(negativeText))).contains("longer than the bytes that are left");
                    assertThat(unreadable(alerts.read(hugeList))).contains("more elements than bytes are left");
                    assertThat(alerts.read(hugeBlock)).isInstanceOf(Decoded.Unreadable.class);
                }))
                .as("bytes allocated for %s", alert.getName())
                .isLessThan(64L << 20);
    }

    @Test
    void takesOnlyUtf8ForText() {
        byte[] bytes = good.clone();
        int at = indexOf(bytes, "e-1");
        bytes[at] = (byte) 0xFF;
        assertThat(unreadable(reader.read(bytes))).contains("not UTF-8");
    }

    @Test
    void takesOnlyZeroAndOneForABoolean() {
        byte[] bytes = good.clone();
        bytes[bytes.length - 1] = 2;
        assertThat(unreadable(reader.read(bytes))).contains("neither 0 nor 1");
    }

    @Test
    void isOneOfTheFormatsThatAreRead() {
        RecordReader<Capture> any = RecordReader.ofAny(List.of(format), RecordType.CAPTURE);
        assertThat(any.read(good)).isEqualTo(new Decoded.Value<>(capture()));
        assertThat(unreadable(any.read(new byte[] {0, 0, 0, 0, 1, 2}))).contains("none of the 1 formats");
        assertThat(unreadable(any.read(new byte[0]))).contains("none of the 1 formats");
    }

    private static Capture capture() {
        return Capture.newBuilder()
                .setEventId("e-1")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.ofEpochMilli(1_790_002_680_025L))
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setTerminalId("t-1")
                .setAmount(12_500)
                .setCurrency("JPY")
                .setCaptureId("c-1")
                .setStatus(CaptureStatus.ACCEPTED)
                .setLast(true)
                .build();
    }

    /** The same capture as a writer in another language would have it; fields that its schema lacks are left out. */
    private static GenericData.Record generic(Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("eventId", "e-1");
        record.put("paymentId", "p-1");
        record.put("occurredAt", 1_790_002_680_025L);
        record.put("acquirerId", "a-1");
        record.put("merchantId", "m-1");
        if (schema.getField("terminalId") != null) {
            record.put("terminalId", "t-1");
            record.put("last", true);
        }
        record.put("amount", 12_500L);
        record.put("currency", "JPY");
        record.put("captureId", "c-1");
        record.put(
                "status", new GenericData.EnumSymbol(schema.getField("status").schema(), "ACCEPTED"));
        return record;
    }

    private static byte[] encode(Schema schema, GenericData.Record record) {
        return bytes(schema, out -> new GenericDatumWriter<GenericData.Record>(schema).write(record, out));
    }

    private static byte[] body(Body body) {
        return bytes(RecordType.CAPTURE.schema(), body);
    }

    /** An alert up to its evidence, whose first list is what the body says. */
    private static byte[] alertWith(Body list) {
        return bytes(RecordType.ALERT.schema(), out -> {
            out.writeString("p-1:CAPTURE_OVERDUE");
            out.writeInt(1);
            out.writeEnum(0);
            out.writeEnum(1);
            out.writeEnum(1);
            out.writeEnum(0);
            for (int i = 0; i < 5; i++) {
                out.writeIndex(0);
            }
            out.writeLong(0);
            out.writeIndex(0);
            out.writeIndex(0);
            out.writeEnum(0);
            out.writeIndex(0);
            out.writeIndex(1);
            list.write(out);
        });
    }

    private static byte[] bytes(Schema schema, Body body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0xC3);
            out.write(1);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(SchemaHistory.fingerprint(schema))
                    .array());
            body.write(EncoderFactory.get().directBinaryEncoder(out, null));
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String unreadable(Decoded<?> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
        return ((Decoded.Unreadable<?>) decoded).reason();
    }

    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }
}
