package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.traffic.acquirer.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectAuditTest {

    private static final String BOOKS = """
            {"acquirerId":"a","paymentId":"p","authorizations":[{"status":"APPROVED","amount":100},\
            {"status":"DECLINED","amount":900}],"captures":[{"captureId":"c1","amount":60}]}""";

    @Test
    void oneEffectOfEachKeyIsAsItShouldBe() {
        assertThat(EffectAudit.moreThanOnce(
                        List.of(effect(1, "k1", Action.REVERSE, 40), effect(2, "k2", Action.REFUND, 60)),
                        List.of(BOOKS)))
                .isZero();
    }

    @Test
    void twoEffectsOfOneKeyAreOneTooMany() {
        assertThat(EffectAudit.moreThanOnce(
                        List.of(effect(1, "k1", Action.ADJUST, 40), effect(2, "k1", Action.ADJUST, 40)),
                        List.of(BOOKS)))
                .isEqualTo(1);
    }

    @Test
    void oneKeyAtTwoAcquirersIsTwoKeys() {
        Effect other = new Effect(2, "b", "p", null, "k1", Action.ADJUST, 40, "EUR");
        assertThat(EffectAudit.moreThanOnce(List.of(effect(1, "k1", Action.ADJUST, 40), other), List.of(BOOKS)))
                .isZero();
    }

    @Test
    void moreGivenBackThanWasEverTakenIsOneTooMany() {
        assertThat(EffectAudit.moreThanOnce(
                        List.of(effect(1, "k1", Action.REVERSE, 100), effect(2, "k2", Action.REFUND, 1)),
                        List.of(BOOKS)))
                .isEqualTo(1);
    }

    private static Effect effect(long seq, String key, Action action, long amount) {
        return new Effect(seq, "a", "p", null, key, action, amount, "EUR");
    }
}
