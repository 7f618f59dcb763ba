package io.tillwatch.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.life.Life;
import io.tillwatch.rules.life.Reading;
import io.tillwatch.rules.life.Told;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps: what a change tells, what a redelivery tells, and when a payment is forgotten. */
class LifecycleTest {

    private static final String SALE =
            "request r 100 @0; approve 100 @2m; capture c1 100 @1h; settle c1 90 @2h; void 20 @3h;"
                    + " outcome AUTHORIZATION_UNANSWERED:r#REVERSE FAILED 0 @4h; suspect EXACT of=q @5h";

    @Test
    void revisionsGoUpWithEveryChange() {
        Told told = Life.of("approve 100 @0; suspect SUSPECTED of=q @1m; suspect EXACT of=q @2m; void 30 @3m;"
                        + " suspect NONE @4m; suspect EXACT of=q @5m")
                .toldBy("5m");
        assertThat(told.rows())
                .containsExactly(
                        "1m DUPLICATE_AUTHORIZATION r1 raised 100",
                        "1m DUPLICATE_AUTHORIZATION#REVERSE i1 issued 100 SUSPECTED",
                        "2m DUPLICATE_AUTHORIZATION r2 raised 100",
                        "3m DUPLICATE_AUTHORIZATION r3 raised 70",
                        "4m DUPLICATE_AUTHORIZATION r4 cleared 70",
                        "1m DUPLICATE_AUTHORIZATION#REVERSE i2 withdrawn 100 SUSPECTED",
                        "5m DUPLICATE_AUTHORIZATION r5 raised 70");
        assertThat(told.alerts()).allMatch(a -> "p:DUPLICATE_AUTHORIZATION#REVERSE".equals(a.commandId()));
    }

    @Test
    void aClearedAlertRepeatsTheLastRaisedOne() {
        Told told = Life.of("request r 100 @0; decline 100 code=51 @5m").toldBy("6m");
        var raised = told.alerts().get(0);
        var cleared = told.alerts().get(1);
        assertThat(cleared.raised()).isFalse();
        assertThat(cleared)
                .usingRecursiveComparison()
                .ignoringFields("revision", "raised", "detectedAtMillis", "evidence")
                .isEqualTo(raised);
        assertThat(cleared.cause()).as("not the code that came since").hasToString("NETWORK");
    }

    @Test
    void anAlertCarriesAllThatIsKnownAtThatMoment() {
        Told told = Life.of(SALE).toldBy("6h");
        var first = told.alerts().get(0).evidence();
        assertThat(first.facts().authorizations()).hasSize(1);
        assertThat(first.facts().captures()).isEmpty();
        Evidence last = told.alerts().get(told.alerts().size() - 1).evidence();
        assertThat(last.facts().settlements()).hasSize(1);
        assertThat(last.commands()).isNotEmpty();
        assertThat(last.netDebit()).isEqualTo(80);
        assertThat(last.authorizedTotal()).isEqualTo(100);
    }

    @Test
    void aRedeliveryOfAnyRecordChangesNothing() {
        Life life = Life.of(SALE);
        List<String> expected = life.toldBy("200d").rows();
        for (PaymentEvent again : life.events()) {
            for (int place = life.events().indexOf(again);
                    place <= life.events().size();
                    place++) {
                List<PaymentEvent> events = new ArrayList<>(life.arrived());
                events.add(place, again);
                Reading reading = new Reading(life, 0);
                long clock = Long.MIN_VALUE;
                for (PaymentEvent event : events) {
                    clock = Math.max(clock, event.arrivedAtMillis() - 1);
                    reading.read(event, clock);
                }
                Told told = reading.finish(200L * 24 * 3_600_000);
                assertThat(told.rows()).isEqualTo(expected);
                assertThat(told.duplicates()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            three days after nothing was open        | request r 100 @0; decline 100 @1s                       | 72h          | closed
            a moment before                          | request r 100 @0; decline 100 @1s                       | 72h-1ms      | -
            settled                                  | approve 100 auto @0; settle p 100 @1d                   | 4d           | closed
            settled within the tolerance             | set settlementTolerance=5; approve 100 auto @0; settle p 95 @1d | 4d   | closed
            settled, beyond the tolerance            | approve 100 auto @0; settle p 95 @1d                    | 30d          | -
            voided                                   | approve 100 @0; void 100 @1d                            | 4d           | closed
            money is held                            | approve 100 preauth @0; capture c1 60 more @1h; settle c1 60 @2h | 29d | -
            a command is open                        | request r 100 @0; decline 100 @5m                       | 30d          | -
            its outcome closes it                    | request r 100 @0; decline 100 @5m; outcome AUTHORIZATION_UNANSWERED:r#REVERSE NOT_NEEDED 0 @1d | 4d | closed
            an alert stands                          | set reverseMode=OFF; request r 100 @0                   | 80d          | -
            whatever its state, after ninety days    | set reverseMode=OFF; request r 100 @0                   | 90d          | open
            counted from its last record             | set reverseMode=OFF; request r 100 @0; void 1 @10d      | 100d-1ms     | -
            a redelivery does not count              | set reverseMode=OFF; request r 100 @0; void 1 id=r @10d | 90d     | open
            a record opens it again                  | approve 100 auto @0; settle p 100 @1d; settle p 100 @2d | 60d          | -
            closed again                             | approve 100 auto @0; refund 100 @1h; void 9 of=x @1d    | 2d           | -
            only a record that was refused           | taint @0                                                | 72h          | closed
            only an outcome                          | outcome X#REVERSE FAILED 0 @0                           | 72h          | closed
            another time to remember                 | set rememberFor=1h; approve 100 @0; void 100 @1m        | 24h          | closed
            another time to forget                   | set forgetAfter=60d reverseMode=OFF; request r 100 @0   | 60d          | open
            """)
    void isForgotten(String what, String life, String clock, String forgotten) {
        List<Boolean> told = Life.of(life).toldBy(clock).forgotten();
        assertThat(told.isEmpty() ? "-" : told.get(0) ? "closed" : "open")
                .as(what)
                .isEqualTo(forgotten);
    }

    @Test
    void aRedeliveryAfterForgettingStartsAnewHoweverEarlyItIsRead() {
        String life = "set reverseMode=OFF; request r 100 @0; decline 100 id=d @1s; request r 100 @4d";
        List<String> asItArrives = Life.of(life).toldBy("10d").rows();
        assertThat(asItArrives).containsExactly("4d1m AUTHORIZATION_UNANSWERED:r r1 raised 100");

        Life read = Life.of(life);
        Reading reading = new Reading(read, 0);
        read.arrived().forEach(event -> reading.read(event, Long.MIN_VALUE));
        assertThat(reading.finish(10L * 24 * 3_600_000).rows()).isEqualTo(asItArrives);
    }

    /** The records of a feed bring their merchant's policy, by which the time to forget may be over when they come. */
    @Test
    void isAlwaysWokenLaterThanNow() {
        Life life = Life.of("decline 100 @0; outcome X#REVERSE DONE 100 @1h; reject c1 100 @2h");
        PolicyChange forgetful =
                new PolicyChange(PolicyChange.merchantScope("m"), Map.of(Setting.REMEMBER_FOR, 60_000L));
        Lifecycle lifecycle =
                new Lifecycle(ResponseCodes.DEFAULT, Policies.fixed(Map.of(forgetful.scope(), forgetful)), 0);
        Payment payment = new Payment("p");
        Told told = new Told();
        for (PaymentEvent event : life.events()) {
            lifecycle.receive(payment, event, Long.MIN_VALUE, told);
        }
        while (payment.wakeAtMillis() != Payment.NEVER) {
            long now = payment.wakeAtMillis();
            lifecycle.advance(payment, now, told);
            assertThat(payment.wakeAtMillis()).isGreaterThan(now);
        }
        assertThat(payment.blank()).isTrue();
    }

    @Test
    void whatComesAfterForgettingStartsAnew() {
        Told told = Life.of(
                        "set rememberFor=1h reverseMode=OFF; request r 100 @0; decline 100 @1s;" + " request r 100 @2h")
                .toldBy("3h");
        assertThat(told.rows()).containsExactly("2h1m AUTHORIZATION_UNANSWERED:r r1 raised 100");
        assertThat(told.duplicates()).isZero();
    }

    @Test
    void isForgottenAtMostADayLateAndThenNothingIsLeft() {
        Life life = Life.of("request r 100 @0; approve 100 auto @10s; settle p 100 @1m");
        Reading reading = new Reading(life, 0).readAll(life.arrived());
        long closed = 60_000;
        long rememberFor = 72L * 3_600_000;
        long day = 24L * 3_600_000;
        reading.finish(closed + rememberFor + day);
        assertThat(reading.payment().blank()).isTrue();
        assertThat(reading.payment().wakeAtMillis()).isEqualTo(Payment.NEVER);
        assertThat(reading.told().forgotten()).containsExactly(true);
    }

    @Test
    void aTaintStaysForAsLongAsThePaymentIsRemembered() {
        Told told =
                Life.of("set rememberFor=1h; taint @0; approve 100 preauth @2h").toldBy("32d");
        assertThat(told.commands().get(0).automatic()).isTrue();
        told = Life.of("set rememberFor=3h; taint @0; approve 100 preauth @2h").toldBy("32d");
        assertThat(told.commands().get(0).approvalReason()).hasToString("TAINTED");
    }
}
