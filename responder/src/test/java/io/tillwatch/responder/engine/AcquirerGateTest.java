package io.tillwatch.responder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.profile.Tier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquirerGateTest {

    /** Enough bad answers in a row for anybody to leave an acquirer alone. */
    private static final int BAD_ANSWERS = 20;

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void letsInAgainOnceTheAcquirerWasLeftAloneForLongEnough() {
        AcquirerGate gate = new AcquirerGate("acquirer-1", CommandWorkerIT.profile(Tier.A));
        for (int i = 0; i < BAD_ANSWERS; i++) {
            gate.exchange(() -> "garbage", answer -> false);
        }
        assertThat(gate.enter()).isPresent();
        // Nobody was on the way to the acquirer when it was shut: it must come back all the same.
        while (gate.enter().isPresent()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(gate.exchange(() -> "answer", answer -> true)).contains("answer");
        gate.leave();
    }

    @Test
    void aThrowingExchangeIsNotHeldAgainstTheAcquirerAndTakesNoProbeAway() {
        AcquirerGate gate = new AcquirerGate("acquirer-1", CommandWorkerIT.profile(Tier.A));
        for (int i = 0; i < BAD_ANSWERS; i++) {
            try {
                gate.exchange(
                        () -> {
                            throw new IllegalStateException("the caller's own trouble");
                        },
                        answer -> true);
            } catch (IllegalStateException expected) {
                assertThat(gate.isShut()).isFalse();
            }
        }
        assertThat(gate.exchange(() -> "answer", answer -> true)).contains("answer");
    }

    /** However many share it, all together take no more than the acquirer allows; and each gets its turn. */
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 5", "10, 4", "20, 3", "500, 2", "500, 300"})
    void instancesTogetherKeepTheRate(int exchangesPerSecond, int instances) {
        AcquirerGate.Share share = AcquirerGate.Share.of("acquirer-1", exchangesPerSecond, instances);
        long perPeriod = share.limiter().getRateLimiterConfig().getLimitForPeriod();
        assertThat(perPeriod).isGreaterThanOrEqualTo(2);
        assertThat(perPeriod * instances * 1_000)
                .isLessThanOrEqualTo(exchangesPerSecond * share.period().toMillis());
    }
}
