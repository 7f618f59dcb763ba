package io.tillwatch.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.life.Life;
import io.tillwatch.rules.life.Reading;
import io.tillwatch.rules.life.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The feeds are read side by side: whatever the order, the same is told at the same times. */
class ReadingOrderTest {

    private static final long LATER = 200L * 24 * 3_600_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a whole sale                       | request r 100 @0; approve 100 @2s; capture c1 100 @1h; settle c1 100 @2d
            capture before the authorization   | capture c1 100 @0; approve 100 @11m sent=-1s; settle c1 100 @2d; request r 100 @12m sent=-2s
            settlement before the capture      | settle c1 100 @0; approve 100 @5m; capture c1 100 @20m sent=1m; settle c1 100 @21m
            an outcome before its command      | outcome AUTHORIZATION_UNANSWERED:r#REVERSE ESCALATED 0 @1s; request r 100 @2s; approve 90 @5m; decline 100 @10m
            a late record after its alert      | request r 100 @0; approve 100 @10m sent=30s; capture c1 100 @25h; settle c1 90 @26h; settle c1 10 @27h
            several at one time                | approve 100 @0; capture c1 60 more @0; capture c2 60 @0; settle c1 60 @1m; void 20 @1m
            a deadline at a record             | request r 100 @0; approve 100 @1m sent=61s; void 100 @21m; capture c1 100 @22m
            cycles                             | approve 100 auto @0; void 100 @1h; approve 90 auto @2h; settle p 100 @3h sent=30m; settle p 90 @3d
            a redelivery                       | request r 100 @0; approve 100 id=a @2m; approve 100 id=a @3m; void 100 @4m; void 100 id=a @5m
            """)
    void everyOrderTellsTheSame(String what, String text) {
        Life life = Life.of(text);
        Told inOrder = new Reading(life, 0).readAll(life.arrived()).finish(LATER);
        int[] orders = {0};
        forEachOrder(new ArrayList<>(life.arrived()), 0, order -> {
            Told told = new Reading(life, 0).readAll(order).finish(LATER);
            assertThat(told.rows()).as("%s, read as %s", what, order).isEqualTo(inOrder.rows());
            assertThat(told.alerts()).isEqualTo(inOrder.alerts());
            assertThat(told.commands()).isEqualTo(inOrder.commands());
            assertThat(told.duplicates()).isEqualTo(inOrder.duplicates());
            orders[0]++;
        });
        assertThat(orders[0]).isGreaterThan(1);
        assertThat(inOrder.rows()).allMatch(row -> what.equals("a whole sale") == row.isEmpty());
    }

    @Test
    void aBacklogReadWhileTheClockStandsAtTheBeginningOfTimeTellsTheSame() {
        Life life = Life.of("request r 100 @0; approve 100 @10m sent=30s; capture c1 100 @25h; settle c1 100 @26h");
        Told live = new Reading(life, 0).readAll(life.arrived()).finish(LATER);
        Reading backlog = new Reading(life, 1000);
        for (PaymentEvent event : life.arrived()) {
            backlog.read(event, Long.MIN_VALUE);
        }
        assertThat(backlog.told().rows())
                .as("nothing is told ahead of the clock")
                .isEmpty();
        assertThat(backlog.finish(LATER).rows()).isEqualTo(live.rows());
    }

    @Test
    void aRecordThatIsReadAfterOneThatArrivedLaterTakesItsPlace() {
        Life life = Life.of("approve 100 @0; void 100 @2m; suspect EXACT of=q @1m");
        Reading reading = new Reading(life, 0);
        reading.read(life.events().get(0), -1)
                .read(life.events().get(1), 0)
                .read(life.events().get(2), 30_000);
        assertThat(reading.told().rows()).isEmpty();
        assertThat(reading.finish(60_000).rows())
                .containsExactly(
                        "1m DUPLICATE_AUTHORIZATION r1 raised 100",
                        "1m DUPLICATE_AUTHORIZATION#REVERSE i1 issued 100 AUTOMATIC");
        assertThat(reading.finish(120_000).rows()).hasSize(4);
    }

    @Test
    void aRecordOfAFeedThatDoesNotHoldTheClockIsTakenAtOnce() {
        Life life = Life.of("approve 100 @0; suspect EXACT of=q @1m");
        Reading reading = new Reading(life, 0);
        reading.read(life.events().get(0), -1).read(life.events().get(1), 90_000);
        assertThat(reading.told().rows())
                .containsExactly(
                        "1m30s DUPLICATE_AUTHORIZATION r1 raised 100",
                        "1m30s DUPLICATE_AUTHORIZATION#REVERSE i1 issued 100 AUTOMATIC");
    }

    @Test
    void asksForOneWakeUpThatIsStillToCome() {
        Life life = Life.of("request r 100 @0; approve 100 @5s; capture c1 100 @6s; settle c1 100 @7s; void 50 @8s");
        Reading reading = new Reading(life, 0);
        for (PaymentEvent event : life.events()) {
            reading.read(event, event.arrivedAtMillis() - 1);
            assertThat(reading.payment().wakeAtMillis()).isBetween(event.arrivedAtMillis(), Payment.NEVER - 1);
        }
        reading.finish(LATER);
        assertThat(reading.payment().wakeAtMillis()).isEqualTo(Payment.NEVER);
        assertThat(reading.payment().blank()).isTrue();
    }

    @Test
    void aWakeUpThatComesTooEarlyOrTwiceChangesNothing() {
        Life life = Life.of("request r 100 @0; void 30 @2m");
        Told expected = new Reading(life, 0).readAll(life.arrived()).finish(LATER);
        Told told = new Told();
        Payment payment = new Payment("p");
        Lifecycle lifecycle = new Lifecycle(io.tillwatch.rules.alert.ResponseCodes.DEFAULT, life.policies(), 0);
        lifecycle.receive(payment, life.events().get(0), -1, told);
        for (long clock = 0; clock < 110_000; clock += 7_000) {
            lifecycle.advance(payment, clock, told);
            lifecycle.advance(payment, clock, told);
        }
        lifecycle.receive(payment, life.events().get(1), 119_000, told);
        for (long clock = 119_000; payment.wakeAtMillis() != Payment.NEVER; clock = payment.wakeAtMillis()) {
            lifecycle.advance(payment, clock, told);
        }
        assertThat(told.rows()).isEqualTo(expected.rows());
    }

    @Test
    void whatIsRememberedBetweenTwoEventsIsAllThatCounts() {
        Life life = Life.of("request r 100 @0; approve 100 @10m sent=30s; capture c1 100 @25h; settle c1 90 @26h");
        Told expected = new Reading(life, 0).readAll(life.arrived()).finish(LATER);
        Told told = new Told();
        Lifecycle lifecycle = new Lifecycle(io.tillwatch.rules.alert.ResponseCodes.DEFAULT, life.policies(), 0);
        Payment payment = new Payment("p");
        for (PaymentEvent event : life.arrived()) {
            while (payment.wakeAtMillis() < event.arrivedAtMillis()) {
                lifecycle.advance(payment, payment.wakeAtMillis(), told);
                payment = new Payment("p", payment.memory());
            }
            lifecycle.receive(payment, event, event.arrivedAtMillis() - 1, told);
            payment = new Payment("p", payment.memory());
        }
        while (payment.wakeAtMillis() <= LATER) {
            lifecycle.advance(payment, payment.wakeAtMillis(), told);
            payment = new Payment("p", payment.memory());
        }
        assertThat(told.rows()).isEqualTo(expected.rows());
    }

    private static void forEachOrder(List<PaymentEvent> events, int from, Consumer<List<PaymentEvent>> each) {
        if (from == events.size()) {
            each.accept(List.copyOf(events));
            return;
        }
        for (int i = from; i < events.size(); i++) {
            PaymentEvent next = events.get(i);
            boolean feedKeepsItsOrder = events.subList(from, i).stream().noneMatch(e -> e.feed() == next.feed());
            if (feedKeepsItsOrder) {
                events.remove(i);
                events.add(from, next);
                forEachOrder(events, from + 1, each);
                events.remove(from);
                events.add(i, next);
            }
        }
    }
}
