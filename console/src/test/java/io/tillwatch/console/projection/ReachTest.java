package io.tillwatch.console.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {

    private final Hand hand = new Hand();
    private final Reach reach = new Reach(List.of(Topic.ALERTS, Topic.CAPTURES), hand);

    /** A clock that the test sets. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Instant after(int seconds) {
        hand.now = hand.now.plus(Duration.ofSeconds(seconds));
        return hand.now;
    }

    @Test
    void whoNeverGotToTheEndIsBehindSinceTheStart() {
        after(30);
        assertThat(reach.behindSeconds(Topic.ALERTS)).isEqualTo(30);
        reach.looked(Topic.ALERTS, 7, hand.now);
        after(10);
        assertThat(reach.behindSeconds(Topic.ALERTS)).isEqualTo(40);
        assertThat(reach.behindRecords(Topic.ALERTS)).isEqualTo(7);
    }

    @Test
    void whoHasReadAllThatWasThereAtTheLookIsBehindSinceThenThoughMoreHasCome() {
        Instant then = after(30);
        after(2);
        reach.looked(Topic.ALERTS, 0, then);
        assertThat(reach.behindSeconds(Topic.ALERTS)).isEqualTo(2);
        assertThat(reach.behindSeconds(Topic.CAPTURES)).isEqualTo(32);
    }

    @Test
    void aClockThatIsPutBackMakesNothingNegative() {
        reach.looked(Topic.ALERTS, 0, hand.now);
        after(-60);
        assertThat(reach.behindSeconds(Topic.ALERTS)).isZero();
    }

    @Test
    void countsWhatWasTakenByTopic() {
        reach.took(Topic.ALERTS, 5, 1);
        reach.took(Topic.ALERTS, 2, 0);
        assertThat(reach.read(Topic.ALERTS)).isEqualTo(7);
        assertThat(reach.unreadable(Topic.ALERTS)).isEqualTo(1);
        assertThat(reach.read(Topic.CAPTURES)).isZero();
    }
}
