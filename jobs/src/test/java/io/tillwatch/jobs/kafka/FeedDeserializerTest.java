package io.tillwatch.jobs.kafka;

import static io.tillwatch.jobs.kafka.Feeds.ARRIVED;
import static io.tillwatch.jobs.kafka.Feeds.PAYMENT;
import static io.tillwatch.jobs.kafka.Feeds.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.record.FactRecords;
import io.tillwatch.rules.admission.Refusal.Code;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Taint;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the records of a feed. */
class FeedDeserializerTest {

    private static final long TRILLION = 1_000_000_000_000L;

    private final Feeds feeds = new Feeds();

    @ParameterizedTest
    @EnumSource(Feed.class)
    void letsAGoodRecordInAsItIs(Feed feed) {
        Inbound inbound = feeds.read(feed, utf8(PAYMENT), Feeds.bytes(feed, Feeds.good(feed)));

        assertThat(inbound).isEqualTo(new Inbound(ARRIVED, FactRecords.fact(Feeds.good(feed), ARRIVED), null));
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    void takesAPulseAsTimeOnly(Feed feed) {
        assertThat(feeds.read(feed, null, null, "pulse")).isEqualTo(Inbound.pulse(ARRIVED));
        assertThat(feeds.read(feed, utf8("any"), null, "other", "pulse")).isEqualTo(Inbound.pulse(ARRIVED));
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    void takesARecordWithAPulseHeaderAsARecord(Feed feed) {
        byte[] value = Feeds.bytes(feed, Feeds.good(feed));

        assertThat(feeds.read(feed, utf8(PAYMENT), value, "pulse").deadLetter()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    void setsANullValueThatIsNoPulseAside(Feed feed) {
        Inbound inbound = feeds.read(feed, utf8(PAYMENT), null);

        assertRefused(inbound, feed, Code.UNREADABLE, "no value and is no pulse");
        assertThat(inbound.deadLetter().value()).isNull();
        assertThat(inbound.event()).isEqualTo(new Taint(PAYMENT, ARRIVED, feed));
    }

    static Stream<Arguments> bad() {
        String long128 = "x".repeat(128);
        return Stream.of(
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "eventId", "eventId", ""),
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "eventId", "eventId", long128 + "x"),
                row(Feed.AUTHORIZATIONS, null, "", "eventId", long128),
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "acquirerId", "acquirerId", ""),
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "merchantId", "merchantId", "a\nb"),
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "terminalId", "terminalId", "\u0000"),
                row(Feed.AUTHORIZATIONS, null, "", "terminalId", ""),
                row(Feed.AUTHORIZATIONS, null, "", "terminalId", null),
                row(Feed.AUTHORIZATIONS, Code.BAD_FIELD, "cardToken", "cardToken", ""),
                row(Feed.CAPTURES, Code.BAD_FIELD, "captureId", "captureId", ""),
                row(Feed.SETTLEMENTS, Code.BAD_FIELD, "settlementId", "settlementId", ""),
                row(Feed.REVERSALS, Code.BAD_FIELD, "reversalId", "reversalId", ""),
                row(Feed.OUTCOMES, Code.BAD_FIELD, "commandId", "commandId", ""),
                row(Feed.OUTCOMES, Code.BAD_FIELD, "detail", "detail", "x".repeat(1025)),
                row(Feed.OUTCOMES, null, "", "detail", "x".repeat(1024)),
                row(Feed.SUSPICIONS, Code.BAD_FIELD, "ofPaymentId", "ofPaymentId", long128 + "x"),
                row(Feed.AUTHORIZATIONS, Code.BAD_AMOUNT, "amount", "amount", 0L),
                row(Feed.AUTHORIZATIONS, Code.BAD_AMOUNT, "amount", "amount", -1L),
                row(Feed.AUTHORIZATIONS, Code.BAD_AMOUNT, "amount", "amount", TRILLION + 1),
                row(Feed.AUTHORIZATIONS, null, "", "amount", TRILLION),
                row(Feed.CAPTURES, Code.BAD_AMOUNT, "amount", "amount", Long.MIN_VALUE),
                row(Feed.OUTCOMES, null, "", "amount", 0L),
                row(Feed.OUTCOMES, Code.BAD_AMOUNT, "amount", "amount", -1L),
                row(Feed.SETTLEMENTS, null, "", "fee", -TRILLION),
                row(Feed.SETTLEMENTS, Code.BAD_AMOUNT, "fee", "fee", -TRILLION - 1),
                row(Feed.SETTLEMENTS, Code.BAD_AMOUNT, "fee", "fee", Long.MIN_VALUE),
                row(Feed.REVERSALS, Code.BAD_AMOUNT, "originalAmount", "originalAmount", 0L),
                row(Feed.AUTHORIZATIONS, Code.BAD_CURRENCY, "currency", "currency", "gbp"),
                row(Feed.SETTLEMENTS, Code.BAD_CURRENCY, "currency", "currency", "XXX"),
                row(Feed.OUTCOMES, Code.BAD_CURRENCY, "currency", "currency", ""),
                row(Feed.AUTHORIZATIONS, Code.BAD_TIME, "occurredAt", "occurredAt", at(Given.DAY + 1)),
                row(Feed.AUTHORIZATIONS, null, "", "occurredAt", at(Given.DAY)),
                row(Feed.AUTHORIZATIONS, Code.BAD_TIME, "occurredAt", "occurredAt", at(-40 * Given.DAY - 1)),
                row(Feed.AUTHORIZATIONS, null, "", "occurredAt", at(-40 * Given.DAY)),
                row(Feed.CAPTURES, Code.BAD_TIME, "1 day", "occurredAt", Instant.parse("2099-01-01T00:00:00Z")),
                row(Feed.CAPTURES, Code.BAD_TIME, "40 days", "occurredAt", Instant.EPOCH),
                row(Feed.REVERSALS, Code.BAD_TIME, "occurredAt", "occurredAt", Instant.ofEpochMilli(Long.MIN_VALUE)),
                row(Feed.OUTCOMES, Code.BAD_TIME, "occurredAt", "occurredAt", Instant.ofEpochMilli(Long.MAX_VALUE)),
                row(Feed.SUSPICIONS, Code.BAD_TIME, "occurredAt", "occurredAt", Instant.EPOCH),
                Arguments.of(
                        Feed.AUTHORIZATIONS,
                        Map.of("kind", AuthorizationKind.PREAUTH, "captureMode", CaptureMode.AUTOMATIC),
                        Code.BAD_COMBINATION,
                        "PREAUTH"),
                Arguments.of(
                        Feed.AUTHORIZATIONS,
                        Map.of("kind", AuthorizationKind.INCREMENT, "captureMode", CaptureMode.AUTOMATIC),
                        Code.BAD_COMBINATION,
                        "INCREMENT"),
                row(Feed.AUTHORIZATIONS, Code.CARD_NUMBER, "cardToken", "cardToken", "4111111111111111"),
                row(Feed.AUTHORIZATIONS, null, "", "cardToken", "4111111111111112"),
                row(Feed.REVERSALS, Code.CARD_NUMBER, "cardToken", "cardToken", "5555 5555-5555 4444"),
                row(Feed.OUTCOMES, Code.CARD_NUMBER, "detail", "detail", "asked for 4111-1111-1111-1111 twice"));
    }

    private static Arguments row(Feed feed, Code expected, String reason, String field, Object value) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(field, value);
        return Arguments.of(feed, fields, expected, reason);
    }

    private static Instant at(long millisAfterArrival) {
        return Instant.ofEpochMilli(ARRIVED + millisAfterArrival);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("bad")
    @DisplayName("a bad record becomes a dead letter with its code, and taints its payment")
    void setsABadRecordAside(Feed feed, Map<String, Object> fields, Code expected, String reason) {
        byte[] value = Feeds.bytes(feed, Feeds.with(feed, fields));

        Inbound inbound = feeds.read(feed, utf8(PAYMENT), value);

        if (expected == null) {
            assertThat(inbound.deadLetter()).isNull();
            return;
        }
        assertRefused(inbound, feed, expected, reason);
        assertThat(inbound.event()).isEqualTo(new Taint(PAYMENT, ARRIVED, feed));
        assertThat(inbound.deadLetter().key()).isEqualTo(utf8(PAYMENT));
        assertThat(inbound.deadLetter().value()).isEqualTo(expected == Code.CARD_NUMBER ? null : value);
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    void setsARecordOfMoreThan64KiBAside(Feed feed) {
        byte[] value = new byte[64 * 1024 + 1];

        Inbound inbound = feeds.read(feed, utf8(PAYMENT), value);

        assertRefused(inbound, feed, Code.TOO_LARGE, "65537 bytes, more than 65536");
        assertThat(inbound.deadLetter().value()).isEqualTo(value);
        assertRefused(feeds.read(feed, utf8(PAYMENT), new byte[64 * 1024]), feed, Code.UNREADABLE, "");
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    @DisplayName("a record of a schema that this build does not know is kept whole in its dead letter")
    void setsARecordOfAnUnknownSchemaAside(Feed feed) {
        byte[] value = Feeds.bytes(feed, Feeds.good(feed));
        value[5] ^= 1;

        Inbound inbound = feeds.read(feed, utf8(PAYMENT), value);

        assertRefused(inbound, feed, Code.UNREADABLE, "does not know");
        assertThat(inbound.deadLetter().value()).isEqualTo(value);
    }

    @Test
    @DisplayName("a record of a newer writer is read when its schema is given, without the fields that are new")
    void readsANewerWriterWhoseSchemaIsGiven() throws Exception {
        String newer = Capture.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[", "\"fields\":[{\"name\":\"lane\",\"type\":\"string\",\"default\":\"\"},");
        Schema schema = new Schema.Parser().parse(newer);
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        GenericData.Record record = new GenericData.Record(schema);
        SpecificRecordBase good = Feeds.good(Feed.CAPTURES);
        for (Schema.Field field : good.getSchema().getFields()) {
            Object value = good.get(field.pos());
            record.put(
                    field.name(),
                    value instanceof Enum<?> symbol
                            ? new GenericData.EnumSymbol(field.schema(), symbol.name())
                            : value);
        }
        record.put("lane", "7");
        byte[] value = bytes(new BinaryMessageEncoder<>(data, schema).encode(record));

        assertRefused(feeds.read(Feed.CAPTURES, utf8(PAYMENT), value), Feed.CAPTURES, Code.UNREADABLE, "does not know");
        assertThat(new Feeds(List.of(newer)).read(Feed.CAPTURES, utf8(PAYMENT), value))
                .isEqualTo(new Inbound(ARRIVED, FactRecords.fact(good, ARRIVED), null));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void setsARecordOfAnotherFeedAside() {
        byte[] value = Feeds.bytes(Feed.CAPTURES, Feeds.good(Feed.CAPTURES));

        assertRefused(feeds.read(Feed.SETTLEMENTS, utf8(PAYMENT), value), Feed.SETTLEMENTS, Code.UNREADABLE, "");
    }

    static Stream<Arguments> keys() {
        byte[] notUtf8 = {'p', (byte) 0xC3, (byte) 0x28};
        return Stream.of(
                Arguments.of("none", null, Code.UNREADABLE, false),
                Arguments.of("empty", new byte[0], Code.UNREADABLE, false),
                Arguments.of("not UTF-8", notUtf8, Code.UNREADABLE, false),
                Arguments.of("too long", utf8("x".repeat(129)), Code.UNREADABLE, false),
                Arguments.of("a control character", utf8("p\t1"), Code.UNREADABLE, false),
                Arguments.of("another payment's", utf8("p-2"), Code.BAD_FIELD, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void setsARecordWithABadKeyAside(String what, byte[] key, Code expected, boolean taints) {
        byte[] value = Feeds.bytes(Feed.CAPTURES, Feeds.good(Feed.CAPTURES));

        Inbound inbound = feeds.read(Feed.CAPTURES, key, value);

        assertRefused(inbound, Feed.CAPTURES, expected, "");
        assertThat(inbound.deadLetter().key()).isEqualTo(key);
        assertThat(inbound.deadLetter().value()).isEqualTo(value);
        assertThat(inbound.event()).isEqualTo(taints ? new Taint("p-2", ARRIVED, Feed.CAPTURES) : null);
    }

    @Test
    void readsAKeyBeyondAscii() {
        byte[] value = Feeds.bytes(Feed.CAPTURES, Feeds.with(Feed.CAPTURES, Map.of("paymentId", "支払い-1")));

        assertThat(feeds.read(Feed.CAPTURES, utf8("支払い-1"), value).deadLetter()).isNull();
    }

    @Test
    void keepsNoKeyThatHoldsACardNumber() {
        byte[] value = Feeds.bytes(Feed.CAPTURES, Feeds.good(Feed.CAPTURES));

        Inbound inbound = feeds.read(Feed.CAPTURES, utf8("4111-1111-1111-1111"), value);

        assertRefused(inbound, Feed.CAPTURES, Code.CARD_NUMBER, "key");
        assertThat(inbound.deadLetter().key()).isNull();
        assertThat(inbound.event())
                .as("there is no payment that it could taint")
                .isNull();
    }

    @Test
    @DisplayName("a dead letter says where its record stood and what was wrong with it")
    void writesADeadLetterWithItsHeaders() {
        byte[] value = {1, 2, 3};
        Inbound inbound = feeds.read(Feed.REVERSALS, utf8(PAYMENT), value);

        ProducerRecord<byte[], byte[]> written =
                new KafkaResults.DeadLetterSchema("tillwatch.dead-letters").serialize(inbound.deadLetter(), null, null);

        assertThat(written.topic()).isEqualTo("tillwatch.dead-letters");
        assertThat(written.key()).isEqualTo(utf8(PAYMENT));
        assertThat(written.value()).isEqualTo(value);
        assertThat(written.partition()).isNull();
        Map<String, String> headers = new HashMap<>();
        for (Header header : written.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        assertThat(headers)
                .containsOnlyKeys("feed", "partition", "offset", "timestamp", "error", "reason")
                .containsEntry("feed", "reversals")
                .containsEntry("partition", "3")
                .containsEntry("offset", "42")
                .containsEntry("timestamp", Long.toString(ARRIVED))
                .containsEntry("error", "UNREADABLE");
        assertThat(headers.get("reason")).isNotBlank();
    }

    private static void assertRefused(Inbound inbound, Feed feed, Code code, String reason) {
        DeadLetter letter = inbound.deadLetter();
        assertThat(letter).as("a dead letter").isNotNull();
        assertThat(letter.refusal().code()).isEqualTo(code);
        assertThat(letter.refusal().reason()).isNotBlank().contains(reason);
        assertThat(letter.feed()).isEqualTo(feed.topic());
        assertThat(letter.partition()).isEqualTo(Feeds.PARTITION);
        assertThat(letter.offset()).isEqualTo(Feeds.OFFSET);
        assertThat(letter.timestampMillis()).isEqualTo(ARRIVED);
        assertThat(inbound.arrivedAtMillis())
                .as("the clock goes on all the same")
                .isEqualTo(ARRIVED);
    }
}
