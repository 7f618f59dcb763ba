package io.tillwatch.rules.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.life.Life;
import io.tillwatch.rules.life.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which purchase repeats which: signs of several payments, and each suspicion with the time at which it was found. */
class LookalikesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            alike within the window              | Q @0; P @1m                                        | 2m p SUSPECTED q
            it is judged after the grace         | Q @0; P @1m; set matchGrace=10s                    | 1m10s p SUSPECTED q
            at the edge of the window            | Q @0; P @5m                                        | 6m p SUSPECTED q
            beyond the window                    | Q @0; P @5m+1ms                                    | -
            another window                       | Q @0; P @10m; set duplicateWithin=10m              | 11m p SUSPECTED q
            the window is of the sender's clock  | Q @0; P @1h sent=1m                                | 1h1m p SUSPECTED q
            the later one by the sender          | Q @0; P @1m sent=-1s                               | 1m q SUSPECTED p
            at one time the greater id           | Q @0; P @0                                         | 1m q SUSPECTED p
            another card                         | Q card=tok-2 @0; P @1m                             | -
            another merchant                     | Q merchant=m2 @0; P @1m                            | -
            another amount                       | approve 101 payment=q @0; P @1m                    | -
            another currency                     | Q currency=USD @0; P @1m                           | -
            another kind                         | Q preauth @0; P @1m                                | -
            two pre-authorizations               | Q preauth @0; P preauth @1m                        | 2m p SUSPECTED q
            another acquirer is no matter        | Q acquirer=b @0; P @1m                             | 2m p SUSPECTED q
            the same payment                     | P @0; P @1m                                        | -
            a declined one                       | decline 100 payment=q @0; P @1m                    | -
            a requested one                      | request r 100 payment=q @0; P @1m                  | -
            increments                           | increment 100 payment=q @0; increment 100 @1m      | -
            terminal and stan                    | Q stan=7 @0; P stan=7 @1m                          | 2m p EXACT q
            stan of another terminal             | Q stan=7 terminal=t2 @0; P stan=7 @1m              | 2m p SUSPECTED q
            stan without a terminal              | Q stan=7 terminal=null @0; P stan=7 terminal=null @1m | 2m p SUSPECTED q
            a stan of zeros                      | Q stan=000 @0; P stan=000 @1m                      | 2m p SUSPECTED q
            the reference                        | Q rrn=9 terminal=t2 @0; P rrn=9 @1m                | 2m p EXACT q
            a reference of zeros                 | Q rrn=00 @0; P rrn=00 @1m                          | 2m p SUSPECTED q
            another reference                    | Q rrn=9 stan=1 @0; P rrn=8 stan=2 @1m              | 2m p SUSPECTED q
            three: the earliest of them          | Q @0; P @1m; approve 100 payment=x @2m             | 2m p SUSPECTED q, 3m x SUSPECTED q
            exact with any of them               | Q @0; P stan=7 @1m; approve 100 payment=x stan=7 @2m | 2m p SUSPECTED q, 3m x EXACT q
            only the nearer lies in the window   | Q @0; P @4m; approve 100 payment=x @8m             | 5m p SUSPECTED q, 9m x SUSPECTED p
            the earliest approval of a payment   | Q @0; P @1m; approve 100 payment=q @2m             | 2m p SUSPECTED q
            the earliest by the sender           | P @10m; Q @11m sent=20m; approve 100 payment=q @12m sent=11m | 13m q SUSPECTED p
            judged in the time of its own kind   | Q @0; P @1m; approve 100 payment=z preauth @11m30s; approve 100 payment=q @12m sent=-6m | 2m p SUSPECTED q, 13m p NONE
            found out later                      | P @5m sent=1m; Q @10m sent=0                       | 11m p SUSPECTED q
            voided before                        | Q @0; V @30s; P @1m                                | -
            voided after                         | Q @0; P @1m; V @10m                                | 2m p SUSPECTED q, 11m p NONE
            refunded                             | Q @0; P @1m; refund 40 payment=q card=tok-1 original=100 @10m | 2m p SUSPECTED q, 11m p NONE
            a void that failed                   | Q @0; P @1m; void 100 failed payment=q card=tok-1 original=100 @10m | 2m p SUSPECTED q
            a void without the card              | Q @0; P @1m; void 100 payment=q original=100 @10m  | 2m p SUSPECTED q
            a void without the amount            | Q @0; P @1m; void 100 payment=q card=tok-1 @10m    | 2m p SUSPECTED q
            a void of another amount             | Q @0; P @1m; void 100 payment=q card=tok-1 original=90 @10m | 2m p SUSPECTED q
            the later one is voided: it remains  | Q @0; P @1m; void 100 card=tok-1 original=100 @10m | 2m p SUSPECTED q
            another one remains                  | Q @0; approve 100 payment=o @1s; P @1m; V @10m     | 1m1s o SUSPECTED q, 2m p SUSPECTED q, 11m o NONE, 11m p SUSPECTED o
            a void within the grace              | Q @0; P @1m; V @2m                                 | -
            a void a moment after the grace      | Q @0; P @1m; V @2m+1ms                             | 2m p SUSPECTED q, 3m1ms p NONE
            its answer came too late             | request r 100 payment=q @0; Q @2m; P @3m           | -
            its answer came at the end           | request r 100 payment=q @0; Q @1m; P @3m           | 4m p SUSPECTED q
            the newest request counts            | request r 100 payment=q @0; request s 100 payment=q @90s; Q @2m; P @3m | 4m p SUSPECTED q
            a request after the answer is none   | request s 100 payment=q @1m sent=3m; request r 100 payment=q @1m sent=0; Q @2m; P @3m | -
            a request of another kind is none    | request r 100 preauth payment=q @0; Q @2m; P @3m   | 4m p SUSPECTED q
            a request of another amount is none  | request r 90 payment=q @0; Q @2m; P @3m            | 4m p SUSPECTED q
            another time to answer               | request r 100 payment=q @0; Q @2m; P @3m; set authorizationResponseWithin=2m | 4m p SUSPECTED q
            """)
    void finds(String what, String signs, String suspicions) {
        assertThat(found(life(signs).arrived(), signs)).as(what).isEqualTo(suspicions);
    }

    @Test
    void theOrderOfReadingDoesNotMatter() {
        String text = "Q @0; P stan=7 @1m; approve 100 payment=x stan=7 @2m; V @10m; request r 100 payment=p @50s";
        List<PaymentEvent> events = new ArrayList<>(life(text).events());
        String expected = found(events, text);
        assertThat(expected).contains("EXACT", "NONE");
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(events, new java.util.Random(i));
            assertThat(found(events, text)).isEqualTo(expected);
        }
    }

    @Test
    void aRedeliveryIsNotJudgedAgain() {
        String text = "Q id=x @0; P @1m; Q id=x @10m";
        assertThat(found(life(text).arrived(), text)).isEqualTo("2m p SUSPECTED q");
    }

    @Test
    void aSuspicionNamesItselfByPaymentAndTime() {
        List<Suspicion> told = new ArrayList<>();
        Lookalikes lookalikes = new Lookalikes();
        signs("Q @0; P @1m").forEach(lookalikes::add);
        lookalikes.judge(Long.MAX_VALUE - 1, life("").policies(), told::add);
        assertThat(told)
                .containsExactly(new Suspicion(
                        "p:DUPLICATE:120000", "p", "q", 120_000, 120_000, Suspicion.Confidence.SUSPECTED));
    }

    @Test
    void whatIsRememberedBetweenTwoJudgementsIsAllThatCounts() {
        List<Suspicion> told = new ArrayList<>();
        Lookalikes lookalikes = new Lookalikes();
        for (Sign sign : signs("Q @0; P @1m; V @10m")) {
            lookalikes.judge(sign.arrivedAtMillis() - 1, life("").policies(), told::add);
            lookalikes.add(sign);
            lookalikes = new Lookalikes(lookalikes.signs(), lookalikes.held(), lookalikes.judgedAtMillis());
        }
        lookalikes.judge(3_600_000, life("").policies(), told::add);
        assertThat(told)
                .extracting(Suspicion::confidence)
                .containsExactly(Suspicion.Confidence.SUSPECTED, Suspicion.Confidence.NONE);
        assertThat(lookalikes.nextJudgementAt(life("").policies())).isEqualTo(Lookalikes.NEVER);
    }

    @Test
    void nobodyIsWokenForALonePurchaseUntilAnotherOneComes() {
        List<Suspicion> told = new ArrayList<>();
        Lookalikes lookalikes = new Lookalikes();
        List<Sign> signs = signs("Q @0; P @10m sent=-1m");
        lookalikes.add(signs.get(0));
        assertThat(lookalikes.nextJudgementAt(life("").policies())).isEqualTo(Lookalikes.NEVER);
        lookalikes.judge(540_000, life("").policies(), told::add);

        lookalikes.add(signs.get(1));
        assertThat(lookalikes.nextJudgementAt(life("").policies()))
                .as("when the first would have been judged")
                .isEqualTo(60_000);
        lookalikes.judge(3_600_000, life("").policies(), told::add);
        assertThat(told)
                .as("on what had arrived by then")
                .extracting(Suspicion::paymentId, Suspicion::occurredAtMillis)
                .containsExactly(tuple("q", 660_000L));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing is known                           |                                         | never
            one purchase waits only for another        | Q @0                                    | 72h
            for as long as the window at the least     | Q @0; set rememberFor=1m                | 5m
            of a pair, any may still be given back     | Q @0; P @1m                             | 90d1m
            two that were no pair                      | Q @0; P @1h                             | 73h
            """)
    void forgets(String what, String signs, String at) {
        Lookalikes lookalikes = new Lookalikes();
        signs(signs == null ? "" : signs).forEach(lookalikes::add);
        var policies = life(signs == null ? "" : signs).policies();
        lookalikes.judge(24L * 3_600_000, policies, s -> {});
        long forgetAt = lookalikes.forgetAt(policies);
        assertThat(forgetAt).as(what).isEqualTo(at.equals("never") ? Lookalikes.NEVER : Times.millis(at));
    }

    private static String found(List<PaymentEvent> events, String text) {
        Map<LookalikeKey, Lookalikes> lookalikes = new java.util.HashMap<>();
        for (PaymentEvent event : events) {
            Sign.of((Fact) event)
                    .ifPresent(sign -> lookalikes
                            .computeIfAbsent(sign.key(), k -> new Lookalikes())
                            .add(sign));
        }
        Map<String, String> told = new TreeMap<>();
        lookalikes
                .values()
                .forEach(l -> l.judge(
                        24L * 3_600_000,
                        life(text).policies(),
                        s -> told.put(
                                String.format("%015d %s", s.occurredAtMillis(), s.paymentId()),
                                Times.text(s.occurredAtMillis())
                                        + ' '
                                        + s.paymentId()
                                        + ' '
                                        + s.confidence()
                                        + (s.ofPaymentId() == null ? "" : " " + s.ofPaymentId()))));
        return told.isEmpty() ? "-" : String.join(", ", told.values());
    }

    private static List<Sign> signs(String text) {
        return life(text).arrived().stream()
                .map(event -> Sign.of((Fact) event))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Life life(String text) {
        return Life.of(text.replaceAll("\\bQ\\b", "approve 100 payment=q")
                .replaceAll("\\bP\\b", "approve 100 payment=p")
                .replaceAll("\\bV\\b", "void 100 payment=q card=tok-1 original=100"));
    }
}
