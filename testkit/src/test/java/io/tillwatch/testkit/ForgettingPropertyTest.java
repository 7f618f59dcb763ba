package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** State that never shrinks is state that ends a job: once nothing is open and time has passed, nothing is left. */
class ForgettingPropertyTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void whenAllIsOverAndTimeHasPassedNothingIsLeft() {
        Lives lives =
                RandomLives.seeded(Seed.VALUE + 5).payments(1_500).faults(0.8).generate();
        Random random = new Random(Seed.VALUE);
        for (List<ReadingOrder.Read> order : List.of(
                ReadingOrder.inOrder(lives.all()),
                ReadingOrder.atRandom(lives.all(), 3, random),
                ReadingOrder.backlog(lives.all()))) {
            Watch watch = new Watch(lives.policies(), 60_000).readAll(order);
            watch.advanceTo(lives.endMillis() + Setting.FORGET_AFTER.defaultValue() + 2 * DAY);
            assertThat(watch.payments()).as(Seed.of("payments left")).isEmpty();
            assertThat(watch.wakeUpsLeft()).as(Seed.of("wake-ups left")).isZero();
        }
    }

    @Test
    void aClosedPaymentIsLeftAtMostADayAfterItsTime() {
        Lives lives = RandomLives.seeded(Seed.VALUE + 6)
                .payments(1_500)
                .starting(RandomLives.DEFAULT_START_MILLIS, Duration.ofMinutes(1))
                .faults(0)
                .generate();
        Watch watch = new Watch(lives.policies(), 0)
                .readAll(ReadingOrder.inOrder(lives.all()))
                .advanceTo(lives.endMillis() + Setting.REMEMBER_FOR.defaultValue() + DAY);
        for (Payment payment : watch.payments()) {
            assertThat(payment.memory().closedAtMillis())
                    .as(Seed.of("not closed, or closed too lately: " + payment.paymentId()))
                    .isGreaterThan(lives.endMillis());
        }
    }

    @Test
    void aPaymentAsksForOneWakeUpAndNeverForALaterOneUntilItCame() {
        Lives lives =
                RandomLives.seeded(Seed.VALUE + 7).payments(500).faults(0.8).generate();
        Random random = new Random(Seed.VALUE);
        lives.byPayment().forEach((paymentId, facts) -> {
            Watch watch = new Watch(lives.policies(), 1_000);
            int reads = 0;
            for (ReadingOrder.Read read : ReadingOrder.atRandom(facts, 1, random)) {
                watch.read(read.event(), read.clockMillis());
                reads++;
                assertThat(watch.wakeUpsLeft()).as(Seed.of(paymentId)).isBetween(1, reads);
            }
        });
    }
}
