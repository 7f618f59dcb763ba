package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is told does not depend on the order in which the feeds are read, on redeliveries or on the run. */
class ReadingOrderPropertyTest {

    private static final long FOREVER = Duration.ofDays(3_000).toMillis();

    /** Nothing is forgotten, so that every alert id tells one story. */
    private static final Lives LIVES = RandomLives.seeded(Seed.VALUE)
            .payments(1_500)
            .faults(0.8)
            .disorder(0.3)
            .generate()
            .everywhere(Setting.REMEMBER_FOR, FOREVER)
            .everywhere(Setting.FORGET_AFTER, FOREVER);

    private static final long END = LIVES.endMillis() + Pace.REAL.lifeMillis();

    @Test
    void everyOrderOfReadingTellsTheSameOfEachPayment() {
        Map<String, Transcript> expected = watch(LIVES, ReadingOrder.inOrder(LIVES.all()), 0);
        Random random = new Random(Seed.VALUE);
        for (int i = 0; i < 6; i++) {
            List<ReadingOrder.Read> order = ReadingOrder.atRandom(LIVES.all(), 1 + i % 4, random);
            assertSame(watch(LIVES, order, 0), expected, "order " + i);
        }
        assertSame(watch(LIVES, ReadingOrder.backlog(LIVES.all()), 0), expected, "backlog");
    }

    @Test
    void theSamePaymentInManyOrdersTellsTheSame() {
        Random random = new Random(Seed.VALUE);
        LIVES.byPayment().forEach((paymentId, facts) -> {
            Map<String, Transcript> expected = watch(LIVES, ReadingOrder.inOrder(facts), 0);
            for (int i = 0; i < 8; i++) {
                assertSame(watch(LIVES, ReadingOrder.atRandom(facts, 1, random), 0), expected, paymentId);
            }
        });
    }

    @Test
    void whereSomeAreForgottenInBetweenEveryOrderTellsTheSame() {
        Lives lives =
                RandomLives.seeded(Seed.VALUE + 1).payments(1_000).faults(0.7).generate();
        Map<String, Transcript> expected = watch(lives, ReadingOrder.inOrder(lives.all()), 0);
        Random random = new Random(Seed.VALUE);
        for (int i = 0; i < 5; i++) {
            assertSame(
                    watch(lives, ReadingOrder.atRandom(lives.all(), 3, random), 0), expected, "forgetting, order " + i);
        }
    }

    @Test
    void aRedeliveryOfAnyRecordChangesNothing() {
        Random random = new Random(Seed.VALUE);
        LIVES.byPayment().forEach((paymentId, facts) -> {
            List<Object> expected = transcript(facts, paymentId).told();
            for (int i = 0; i < 3; i++) {
                Fact fact = facts.get(random.nextInt(facts.size()));
                long later = fact.arrivedAtMillis()
                        + (long) (random.nextDouble() * Duration.ofDays(9).toMillis());
                List<Fact> more = new ArrayList<>(facts);
                more.add(Rewrite.arrivedAt(fact, later));
                assertThat(transcript(more, paymentId).told())
                        .as(Seed.of(paymentId + " with " + fact.eventId() + " once more"))
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void theSameInputTwiceTellsTheSame() {
        Lives again = RandomLives.seeded(Seed.VALUE)
                .payments(1_500)
                .faults(0.8)
                .disorder(0.3)
                .generate();
        assertThat(again.facts()).isEqualTo(LIVES.facts());
        assertThat(again.suspicions()).isEqualTo(LIVES.suspicions());
        List<ReadingOrder.Read> order = ReadingOrder.atRandom(LIVES.all(), 3, new Random(Seed.VALUE));
        assertSame(watch(LIVES, order, 5_000), watch(LIVES, order, 5_000), "again");
    }

    @Test
    void earlyAlertsEndAsTheyWouldHaveWithoutThem() {
        Random random = new Random(Seed.VALUE);
        int[] early = {0};
        LIVES.byPayment().forEach((paymentId, facts) -> {
            Transcript expected = transcript(facts, paymentId);
            for (int i = 0; i < 6; i++) {
                List<ReadingOrder.Read> order = ReadingOrder.atRandom(facts, 1, random);
                long within = (long) Math.pow(10, 3 + random.nextInt(6));
                Watch watch = new Watch(LIVES.policies(), within).readAll(order).advanceTo(END);
                Transcript told = watch.transcript(paymentId);
                String what = Seed.of(paymentId + " with alerts " + within + " ms early, read as " + order);
                assertThat(told.commands()).as(what).isEqualTo(expected.commands());
                assertRevisionsGoUp(told, what);
                assertEndsAlike(told.lastAlerts(), expected.lastAlerts(), what);
                early[0] += told.alerts().equals(expected.alerts()) ? 0 : 1;
            }
        });
        assertThat(early[0]).as("some were told early and put right").isPositive();
    }

    private static void assertRevisionsGoUp(Transcript told, String what) {
        Map<String, Integer> last = new java.util.HashMap<>();
        for (Alert alert : told.alerts()) {
            Integer before = last.put(alert.alertId(), alert.revision());
            assertThat(alert.revision())
                    .as(what + ": revision of " + alert.alertId())
                    .isEqualTo(before == null ? 1 : before + 1);
        }
    }

    /** An alert that was told in error ends CLEARED; every other one as in the run without early alerts. */
    private static void assertEndsAlike(Map<String, Alert> told, Map<String, Alert> expected, String what) {
        assertThat(told.keySet()).as(what).containsAll(expected.keySet());
        told.forEach((alertId, alert) -> {
            Alert other = expected.get(alertId);
            if (other == null) {
                assertThat(alert.raised()).as(what + ": " + alertId).isFalse();
            } else {
                assertThat(state(alert)).as(what).isEqualTo(state(other));
            }
        });
    }

    private static List<Object> state(Alert a) {
        return java.util.Arrays.asList(
                a.alertId(), a.raised(), a.severity(), a.amount(), a.currency(), a.cause(), a.commandId());
    }

    private static Transcript transcript(List<Fact> facts, String paymentId) {
        return new Watch(LIVES.policies(), 0)
                .readAll(ReadingOrder.inOrder(facts))
                .advanceTo(END)
                .transcript(paymentId);
    }

    private static Map<String, Transcript> watch(Lives lives, List<ReadingOrder.Read> order, long earlyWithinMillis) {
        return new Watch(lives.policies(), earlyWithinMillis)
                .readAll(order)
                .advanceTo(END)
                .transcripts();
    }

    private static void assertSame(Map<String, Transcript> told, Map<String, Transcript> expected, String what) {
        assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((paymentId, transcript) -> {
            if (!Objects.equals(told.get(paymentId).told(), transcript.told())) {
                assertThat(told.get(paymentId).told())
                        .as(Seed.of(paymentId + ", " + what))
                        .isEqualTo(transcript.told());
            }
        });
    }
}
