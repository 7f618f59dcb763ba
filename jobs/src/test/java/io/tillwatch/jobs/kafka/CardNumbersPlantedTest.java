package io.tillwatch.jobs.kafka;

import static io.tillwatch.jobs.kafka.Feeds.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.rules.fact.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Card numbers are planted in every text of every feed: none gets in, none gets into a dead letter. */
@DisplayName("card numbers never get in")
class CardNumbersPlantedTest {

    private static final String DIGITS = "4111111111111111";

    /** As it stands, with separators, and within texts whose lengths look like digits or separators when written. */
    private static final List<String> PLANTED = List.of(
            DIGITS,
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "card " + DIGITS,
            DIGITS + " overdue",
            DIGITS + " was seen",
            "4111 1111 1111 1111 x yz",
            "4111 1111 1111 1111 / 12/27",
            "x".repeat(60) + DIGITS,
            DIGITS + "x".repeat(100));

    private final Feeds feeds = new Feeds();

    static Stream<Arguments> texts() {
        List<Arguments> texts = new ArrayList<>();
        for (Feed feed : Feed.values()) {
            for (Schema.Field field : Feeds.good(feed).getSchema().getFields()) {
                Schema schema =
                        field.schema().isNullable() ? field.schema().getTypes().get(1) : field.schema();
                if (schema.getType() == Schema.Type.STRING) {
                    texts.add(Arguments.of(feed, field.name()));
                }
            }
        }
        assertThat(texts).hasSizeGreaterThan(40);
        return texts.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("texts")
    void isRefusedAndKeptNowhere(Feed feed, String field) {
        for (String planted : PLANTED) {
            String key = field.equals("paymentId") ? planted : Feeds.PAYMENT;
            byte[] value = Feeds.bytes(feed, Feeds.with(feed, Map.of(field, planted)));
            assertKeptNowhere(feeds.read(feed, utf8(key), value));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("texts")
    void isKeptNowhereWhenSomethingElseIsWrongToo(Feed feed, String field) {
        for (String planted : PLANTED) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("eventId", "");
            fields.put("occurredAt", Instant.EPOCH);
            fields.put(field, planted);
            assertKeptNowhere(feeds.read(feed, utf8(Feeds.PAYMENT), Feeds.bytes(feed, Feeds.with(feed, fields))));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("texts")
    void isKeptNowhereWhenTheRecordCannotBeRead(Feed feed, String field) {
        for (String planted : PLANTED) {
            byte[] value = Feeds.bytes(feed, Feeds.with(feed, Map.of(field, planted)));
            value[4] ^= 1; // another schema's fingerprint
            assertKeptNowhere(feeds.read(feed, utf8(planted), value));
            byte[] tooLarge = new byte[70_000];
            System.arraycopy(value, 0, tooLarge, 0, value.length);
            assertKeptNowhere(feeds.read(feed, utf8(Feeds.PAYMENT), tooLarge));
        }
    }

    private static void assertKeptNowhere(Inbound inbound) {
        DeadLetter letter = inbound.deadLetter();
        assertThat(letter).as("refused").isNotNull();
        assertThat(digits(letter.key())).doesNotContain(DIGITS);
        assertThat(digits(letter.value())).doesNotContain(DIGITS);
        assertThat(digits(utf8(letter.refusal().reason()))).doesNotContain(DIGITS);
        if (inbound.event() != null) {
            assertThat(digits(utf8(inbound.event().paymentId()))).doesNotContain(DIGITS);
        }
    }

    /** All that could be read as digits in a row. */
    private static String digits(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[ -]", "");
    }
}
