package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.jobs.record.FactRecords;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Taint;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever is in a topic: each record comes to one thing, and its good neighbours are read as they are. */
class FeedFuzzTest {

    private static final int RECORDS = 100_000;

    private final Feeds feeds = new Feeds();
    private final Random random = new Random(Seeds.of("records of all kinds"));

    @Test
    @DisplayName("no bytes are fatal, none are lost, and none spoil their neighbours")
    void takesWhateverComes() {
        int refused = 0;
        int admitted = 0;
        for (int i = 0; i < RECORDS; i++) {
            Feed feed = Feed.values()[random.nextInt(Feed.values().length)];
            String payment = "p-" + i;
            byte[] good = Feeds.bytes(feed, Feeds.with(feed, Map.of("paymentId", payment)));
            byte[] value = mutated(good);
            byte[] key = random.nextInt(5) == 0 ? mutated(Feeds.utf8(payment)) : Feeds.utf8(payment);

            Inbound inbound = feeds.read(feed, Feeds.ARRIVED + i, key, value);

            assertThat(inbound.arrivedAtMillis()).isEqualTo(Feeds.ARRIVED + i);
            if (inbound.deadLetter() == null) {
                assertThat(Admission.refusalOf((Fact) inbound.event())).isNull();
                assertThat(inbound.event().paymentId()).isEqualTo(Keys.text(key));
                admitted++;
            } else {
                assertThat(inbound.event()).matches(event -> event == null || event instanceof Taint);
                refused++;
            }
            if (i % 10 == 0) {
                assertNeighbour(feed, payment, good);
            }
        }
        System.out.println(refused + " refused, " + admitted + " admitted");
        assertThat(refused).isGreaterThan(RECORDS / 2);
        assertThat(admitted).as("some changes make another good record").isPositive();
    }

    private void assertNeighbour(Feed feed, String payment, byte[] good) {
        Inbound neighbour = feeds.read(feed, Feeds.utf8(payment), good);
        Fact expected = FactRecords.fact(Feeds.with(feed, Map.of("paymentId", payment)), Feeds.ARRIVED);
        assertThat(neighbour).isEqualTo(new Inbound(Feeds.ARRIVED, expected, null));
    }

    private byte[] mutated(byte[] bytes) {
        byte[] some = bytes.clone();
        switch (random.nextInt(7)) {
            case 0 -> some[random.nextInt(some.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> some = Arrays.copyOf(some, random.nextInt(some.length + 1));
            case 2 -> some = Arrays.copyOf(some, some.length + 1 + random.nextInt(20));
            case 3 -> {
                some = new byte[random.nextInt(200)];
                random.nextBytes(some);
            }
            case 4 -> {
                for (int i = random.nextInt(10); i >= 0; i--) {
                    some[random.nextInt(some.length)] = (byte) random.nextInt();
                }
            }
            case 5 -> {
                int from = random.nextInt(some.length);
                random.nextBytes(some);
                System.arraycopy(bytes, 0, some, 0, from);
            }
            default -> {
                int from = Math.min(10, some.length - 1);
                some[from + random.nextInt(some.length - from)] = (byte) 0xFF;
            }
        }
        return some;
    }
}
