package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Taint;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a feed: it is let in or set aside, and what is set aside holds no card number. */
class UntrustedRecordsTest {

    private final Map<Feed, FeedReader> readers = Arrays.stream(Feed.values())
            .collect(java.util.stream.Collectors.toMap(
                    feed -> feed,
                    feed -> new FeedReader(feed, Wire.withoutRegistry().reader(FeedTypes.recordType(feed)))));

    /** The first byte says of which feed, the second how long the key is. */
    @MethodSource("records")
    @FuzzTest(maxDuration = "15m")
    void letsARecordInOrSetsItAside(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Feed feed = Feed.values()[Math.floorMod(bytes[0], Feed.values().length)];
        int keyEnd = Math.min(bytes.length, 2 + (bytes[1] & 0x7F));
        byte[] key = Arrays.copyOfRange(bytes, 2, keyEnd);
        byte[] value = Arrays.copyOfRange(bytes, keyEnd, bytes.length);

        Inbound inbound = readers.get(feed).read(0, 1, Feeds.ARRIVED, key, value);

        if (inbound.deadLetter() == null) {
            assertThat(Admission.refusalOf((Fact) inbound.event())).isNull();
            assertThat(inbound.event().paymentId()).isEqualTo(Keys.text(key));
        } else {
            assertThat(inbound.event()).matches(event -> event == null || event instanceof Taint);
            assertThat(CardNumbers.ofSchemeWithin(inbound.deadLetter().value()))
                    .as("a card number is kept")
                    .isFalse();
            assertThat(CardNumbers.ofSchemeWithin(inbound.deadLetter().key()))
                    .as("a card number is kept in the key")
                    .isFalse();
            assertThat(CardNumbers.within(inbound.deadLetter().refusal().reason()))
                    .as("a card number is told")
                    .isFalse();
        }
    }

    static Stream<Arguments> records() {
        return Arrays.stream(Feed.values()).map(feed -> Arguments.of((Object) seed(feed)));
    }

    private static byte[] seed(Feed feed) {
        byte[] value = Feeds.bytes(feed, Feeds.with(feed, Map.of("paymentId", "p-1")));
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(feed.ordinal());
        seed.write(3);
        seed.writeBytes(Feeds.utf8("p-1"));
        seed.writeBytes(value);
        return seed.toByteArray();
    }
}
