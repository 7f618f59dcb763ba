package io.tillwatch.responder.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private final SettableClock clock = new SettableClock();
    private final SignInLimit limit = new SignInLimit(3, Duration.ofMinutes(1), clock);

    @Test
    void tellsAnAddressToWaitOnceItHasFailedTooOften() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.failed("a")).isEmpty();
        }
        clock.forward(Duration.ofSeconds(20));

        assertThat(limit.failed("a")).hasValue(40);
        assertThat(limit.failed("b")).isEmpty();
    }

    @Test
    void startsAnewWhenTheTimeIsOver() {
        for (int i = 0; i < 5; i++) {
            limit.failed("a");
        }
        clock.forward(Duration.ofSeconds(60));

        assertThat(limit.failed("a")).isEmpty();
    }

    @Test
    void doesNotLockAnAddressOutWhenTheClockGoesBack() {
        for (int i = 0; i < 5; i++) {
            limit.failed("a");
        }
        clock.forward(Duration.ofHours(-1));

        assertThat(limit.failed("a")).isEmpty();
    }

    @Test
    void remembersNoMoreAddressesThanItMay() {
        for (int i = 0; i < 4; i++) {
            limit.failed("first");
        }
        for (int i = 0; i < SignInLimit.ADDRESSES_MAX; i++) {
            limit.failed("address " + i);
        }

        assertThat(limit.failed("first")).isEmpty();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

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
}
