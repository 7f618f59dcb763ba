package io.tillwatch.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.Records;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Mode;
import io.tillwatch.schemas.record.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesTest {

    private static final String GOOD = "{\"eventId\":\"e-1\",\"paymentId\":\"p-1\",\"occurredAt\":1790002680025,"
            + "\"acquirerId\":\"a-1\",\"merchantId\":\"m-1\",\"amount\":12500,\"currency\":\"JPY\","
            + "\"captureId\":\"c-1\",\"status\":\"ACCEPTED\",\"last\":false}";

    private final JsonLines<Capture> captures = JsonLines.of(RecordType.CAPTURE);

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void readsWhatItWroteOnOneLine(RecordType<?> type) {
        roundTrips(type);
    }

    private static <T extends SpecificRecordBase> void roundTrips(RecordType<T> type) {
        Records records = new Records(Records.seed("JSON round trips of " + type));
        JsonLines<T> lines = JsonLines.of(type);
        for (int i = 0; i < 200; i++) {
            T record = i == 0
                    ? records.withAllOptionalFields(type)
                    : i == 1 ? records.withNoOptionalField(type) : records.withSomeOptionalFields(type);
            byte[] line = lines.write(record);
            assertThat(line).doesNotContain('\n', '\r');
            JsonLine<T> read = lines.read(line);
            assertThat(read.record()).isEqualTo(new Decoded.Value<>(record));
            assertThat(read.keyOrNull()).isEqualTo(record.get(type.keyField()));
            assertThat(lines.write(((Decoded.Value<T>) read.record()).value())).isEqualTo(line);
            assertThat(lines.read(lines.writeString(record))).isEqualTo(read);
        }
    }

    @Test
    void writesTheSchemasOrderAndLeavesOutWhatIsAbsent() {
        assertThat(captures.writeString(capture())).isEqualTo(GOOD);
        assertThat(JsonLines.of(RecordType.POLICY)
                        .writeString(Policy.newBuilder()
                                .setScope("*")
                                .setCaptureWithin(5L)
                                .setAdjustMode(Mode.OFF)
                                .build()))
                .isEqualTo("{\"scope\":\"*\",\"captureWithin\":5,\"adjustMode\":\"OFF\"}");
    }

    @Test
    void refusesToWriteWhatNoBuilderMakes() {
        assertThatThrownBy(() -> captures.write(new Capture()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Capture.eventId");
    }

    @Test
    void readsFieldsInAnyOrderWithSpacesNullsAndFieldsThatItDoesNotKnow() {
        String line =
                " { \"tags\": [1, {\"amount\": 2}], \"last\": false, \"status\": \"ACCEPTED\", \"captureId\": \"c-1\","
                        + "\"currency\": \"J\\u0050Y\", \"amount\": 12500, \"merchantId\": \"m-1\", \"acquirerId\": \"a-1\","
                        + "\"terminalId\": null, \"occurredAt\": 1790002680025, \"paymentId\": \"p-1\", \"eventId\": \"e-1\","
                        + " \"more\": 1e9} \r\n";
        assertThat(captures.read(line))
                .isEqualTo(new JsonLine<>(new Decoded.Value<>(capture()), "p-1", OptionalLong.of(1_790_002_680_025L)));
    }

    @Test
    void takesTheDefaultsForWhatIsLeftOut() {
        assertThat(captures.read(GOOD.replace(",\"last\":false", "")).record())
                .isEqualTo(new Decoded.Value<>(
                        Capture.newBuilder(capture()).setLast(true).build()));
    }

    @Test
    void readsPartOfABuffer() {
        byte[] buffer = ("xx" + GOOD + "\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        assertThat(captures.read(buffer, 2, GOOD.length() + 1).record()).isEqualTo(new Decoded.Value<>(capture()));
    }

    @Test
    void takesTheTimeOfArrivalFromTheLineElseFromTheRecord() {
        assertThat(arrivedAt(GOOD)).hasValue(1_790_002_680_025L);
        assertThat(arrivedAt(GOOD.replace("}", ",\"arrivedAt\":17}"))).hasValue(17);
        assertThat(arrivedAt(GOOD.replace("}", ",\"arrivedAt\":null}"))).hasValue(1_790_002_680_025L);
        assertThat(JsonLines.of(RecordType.POLICY).read("{\"scope\":\"*\"}").arrivedAtMillis())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what stands in the good line | what takes its place | the reason
                "amount\":12500   | amount\":125.5              | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":12500.0            | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":1e4                | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":9223372036854775808 | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":\"12500\"          | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":null               | amount: expected a whole number of 64 bits",
                "amount\":12500   | amount\":[12500]            | amount: expected a whole number of 64 bits",
                "\"amount\":12500, | ``                         | amount: missing, expected a whole number of 64 bits",
                "amount\":12500   | amount\":1,\"amount\":1     | amount: given more than once",
                "\"p-1\"          | 17                          | paymentId: expected a string",
                "\"p-1\"          | {\"id\":\"p-1\"}            | paymentId: expected a string",
                "\"p-1\"          | \"p\\ud800\"                | paymentId: expected a string",
                "1790002680025    | \"2026-09-21T10:18:00Z\"    | occurredAt: expected a whole number of milliseconds since the epoch",
                "1790002680025    | 1790002680.025              | occurredAt: expected a whole number of milliseconds since the epoch",
                "\"ACCEPTED\"     | \"PENDING\"                 | status: expected one of ACCEPTED, FAILED",
                "\"ACCEPTED\"     | \"accepted\"                | status: expected one of ACCEPTED, FAILED",
                "\"ACCEPTED\"     | 0                           | status: expected one of ACCEPTED, FAILED",
                "false            | \"false\"                   | last: expected true or false",
                "false            | 0                           | last: expected true or false",
                "false            | null                        | last: expected true or false",
                "false            | true,\"arrivedAt\":\"x\"    | arrivedAt: expected a whole number of milliseconds since the epoch",
                "false            | true,\"arrivedAt\":1,\"arrivedAt\":2 | arrivedAt: given more than once",
                "false            | true,\"terminalId\":7       | terminalId: expected a string",
            })
    void refuses(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        assertThat(refusal(GOOD.replace(good, bad))).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | is not a JSON object",
                "` `               | is not a JSON object",
                "17                | is not a JSON object",
                "[]                | is not a JSON object",
                "null              | is not a JSON object",
                "\"amount\"        | is not a JSON object",
                "{\"amount\":      | is not valid JSON (column",
                "{'amount':1}      | is not valid JSON (column 2)",
                "{\"amount\":01}   | is not valid JSON (column",
                "{\"amount\":NaN}  | is not valid JSON (column",
                "{\"amount\":1,}   | is not valid JSON (column",
                "{\"x\":\"\t\"}    | is not valid JSON (column",
                "{}                | eventId: missing, expected a string",
            })
    void refusesWhatIsNoObject(String line, String reason) {
        assertThat(refusal(line)).startsWith(reason);
    }

    @Test
    void refusesWhatStandsBehindTheObject() {
        assertThat(refusal(GOOD + "{}")).isEqualTo("has more behind the JSON object");
        assertThat(refusal(GOOD + GOOD)).isEqualTo("has more behind the JSON object");
        assertThat(refusal(GOOD + "}")).startsWith("is not valid JSON");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        bytes[GOOD.indexOf("e-1")] = (byte) 0xFF;
        assertThat(reason(captures.read(bytes))).startsWith("is not valid JSON");
        // Half of a surrogate pair, encoded as if it were a character.
        byte[] half = "{\"eventId\":\"...\"}".getBytes(StandardCharsets.UTF_8);
        half[12] = (byte) 0xED;
        half[13] = (byte) 0xA0;
        half[14] = (byte) 0x80;
        assertThat(reason(captures.read(half))).isEqualTo("eventId: expected a string");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(refusal("{\"x\":" + "[".repeat(100_000))).contains("nested too deep");
    }

    @Test
    void namesTheFieldDeepWithinARecord() {
        JsonLine<?> line = JsonLines.of(RecordType.ALERT)
                .read("{\"evidence\":{\"captures\":[{\"amount\":\"4111111111111111\"}]}}");
        assertThat(reason(line)).isEqualTo("evidence.captures.amount: expected a whole number of 64 bits");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // line | key | arrivedAt or occurredAt
                "{\"amount\":\"x\",\"paymentId\":\"p-1\",\"occurredAt\":5,\"arrivedAt\":6} | p-1 | 6",
                "{\"amount\":\"x\",\"paymentId\":\"p-1\",\"occurredAt\":5}                 | p-1 | 5",
                "{\"paymentId\":\"p-1\",\"occurredAt\":5,\"arrivedAt\":\"x\"}              | p-1 | 5",
                "{\"paymentId\":\"p-1\",\"occurredAt\":5.5}                                | p-1 |",
                "{\"paymentId\":\"p-1\",\"occurredAt\":5,\"amount\":                       | p-1 | 5",
                "{\"amount\":,\"paymentId\":\"p-1\"}                                       |     |",
                "{\"paymentId\":17,\"arrivedAt\":6}                                        |     | 6",
                "{\"paymentId\":\"p-1\",\"paymentId\":\"p-2\",\"arrivedAt\":6}             |     | 6",
                "{\"evidence\":{\"paymentId\":\"p-2\",\"arrivedAt\":7},\"paymentId\":\"p-1\"} | p-1 |",
            })
    void keepsKeyAndTimeOfALineThatItRefuses(String text, String key, Long arrivedAt) {
        JsonLine<Capture> line = captures.read(text);
        assertThat(line.record()).isInstanceOf(Decoded.Unreadable.class);
        assertThat(line.keyOrNull()).isEqualTo(key);
        assertThat(line.arrivedAtMillis())
                .isEqualTo(arrivedAt == null ? OptionalLong.empty() : OptionalLong.of(arrivedAt));
    }

    /** Trap 13: whatever a line is, reading it gives an answer, and none of it in the reason. */
    @Test
    void neverThrowsNorQuotesTheLine() {
        Random random = new Random(Records.seed("mutations of JSON lines"));
        byte[] good = GOOD.replace("e-1", "SECRET").getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "{}[]\",:\\0123456789.eEtruefalsn \n\u0000\u00e9".getBytes(StandardCharsets.UTF_8);
        Decoded<Capture> expected = new Decoded.Value<>(capture());
        for (int i = 0; i < 100_000; i++) {
            byte[] line = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                line[random.nextInt(line.length)] =
                        random.nextBoolean() ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            JsonLine<Capture> read =
                    captures.read(line, 0, random.nextInt(10) == 0 ? random.nextInt(line.length) : line.length);
            if (read.record() instanceof Decoded.Unreadable<Capture> refused) {
                if (refused.reason().contains("SECRET") || refused.reason().contains("12500")) {
                    assertThat(refused.reason()).isEqualTo("nothing of the line");
                }
            } else {
                captures.write(((Decoded.Value<Capture>) read.record()).value());
            }
            if (i % 10 == 0) {
                assertThat(captures.read(GOOD).record()).isEqualTo(expected);
            }
        }
    }

    private static Capture capture() {
        return Capture.newBuilder()
                .setEventId("e-1")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.ofEpochMilli(1_790_002_680_025L))
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setAmount(12_500)
                .setCurrency("JPY")
                .setCaptureId("c-1")
                .setStatus(CaptureStatus.ACCEPTED)
                .setLast(false)
                .build();
    }

    private OptionalLong arrivedAt(String line) {
        JsonLine<Capture> read = captures.read(line);
        assertThat(read.record()).isInstanceOf(Decoded.Value.class);
        return read.arrivedAtMillis();
    }

    private String refusal(String line) {
        String reason = reason(captures.read(line));
        assertThat(reason(captures.read(line.getBytes(StandardCharsets.UTF_8)))).isNotBlank();
        return reason;
    }

    private static String reason(JsonLine<?> line) {
        assertThat(line.record()).isInstanceOf(Decoded.Unreadable.class);
        return ((Decoded.Unreadable<?>) line.record()).reason();
    }
}
