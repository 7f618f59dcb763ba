package io.tillwatch.jobs.lifecycle;

import static io.tillwatch.jobs.given.Given.DAY;
import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.given.Operator.Backend;
import io.tillwatch.jobs.given.Savepoints;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The payments' operator on its own: timers, restarts, policies, forgetting. */
class LifecycleHarnessTest {

    private static final long ANSWER_DUE = T0 + MINUTE;
    private static final long LONG_AFTER = T0 + 200 * DAY;
    private static final String UNANSWERED = "p:AUTHORIZATION_UNANSWERED:p:REQUESTED:" + T0;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void raisesAtTheDeadlineWhateverTheClockJumpsTo(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0)).clock(ANSWER_DUE - 1);
            assertThat(payments.rows()).isEmpty();

            payments.clock(ANSWER_DUE + 5 * MINUTE);

            assertThat(payments.rows())
                    .containsExactly(
                            UNANSWERED + " 1 RAISED 100 " + ANSWER_DUE,
                            UNANSWERED + "#REVERSE 1 ISSUED 100 AUTOMATIC " + ANSWER_DUE);
            Command command = payments.commands().get(0);
            assertThat(command.notBeforeMillis()).isEqualTo(ANSWER_DUE + 5 * MINUTE);
            assertThat(payments.keys()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the maximum watermark at the end of the input fires no deadline")
    void raisesNothingWhenTheInputEnds(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0), SHOP.approve("q", 100, T0))
                    .clock(T0 + SECOND);

            payments.clock(Long.MAX_VALUE);

            assertThat(payments.rows()).isEmpty();
            assertThat(payments.keys()).as("nothing is forgotten either").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a late record clears the alert and withdraws the command, and there is no second one")
    void clearsWhenALateRecordArrives(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0)).clock(ANSWER_DUE + MINUTE);

            payments.read(SHOP.decline("p", 100, ANSWER_DUE + 2 * MINUTE)).clock(T0 + DAY);

            assertThat(payments.rows())
                    .containsExactly(
                            UNANSWERED + " 1 RAISED 100 " + ANSWER_DUE,
                            UNANSWERED + " 2 CLEARED 100 " + (ANSWER_DUE + 2 * MINUTE),
                            "p:COMMAND_UNANSWERED:" + UNANSWERED + "#REVERSE 1 RAISED 100 "
                                    + (ANSWER_DUE + 20 * MINUTE),
                            UNANSWERED + "#REVERSE 1 ISSUED 100 AUTOMATIC " + ANSWER_DUE,
                            UNANSWERED + "#REVERSE 2 WITHDRAWN 100 AUTOMATIC " + ANSWER_DUE);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a redelivered record changes nothing, wherever it comes and after a restart too")
    void ignoresWhatItKnows(Backend backend) {
        List<PaymentEvent> life = List.of(
                SHOP.request("p", 100, T0),
                SHOP.approve("p", 100, T0 + 2 * SECOND),
                SHOP.capture("p", "c", 100, T0 + HOUR),
                SHOP.settle("p", "c", 90, T0 + 2 * HOUR),
                SHOP.suspect("p", "o", T0 + 2 * HOUR),
                SHOP.outcome(
                        "p", "p:SETTLEMENT_AMOUNT_MISMATCH:c#ADJUST", Outcome.Result.NOT_NEEDED, 0, T0 + 3 * HOUR));
        List<String> once;
        try (Payments payments = Payments.in(backend)) {
            for (PaymentEvent event : life) {
                payments.clock(event.arrivedAtMillis() - 1).read(event);
            }
            once = payments.clock(T0 + DAY).rows();
        }
        assertThat(once).hasSizeGreaterThan(3);
        try (Payments payments = Payments.in(backend)) {
            List<PaymentEvent> read = new ArrayList<>();
            for (PaymentEvent event : life) {
                read.add(event);
                payments.clock(event.arrivedAtMillis() - 1);
                read.forEach(payments::read);
                payments.restart().clock(event.arrivedAtMillis() - 1);
                read.forEach(payments::read);
            }
            assertThat(payments.clock(T0 + DAY).rows()).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("one wake-up for each payment, and no key or wake-up when all were forgotten")
    void forgetsEverythingInTheEnd(Backend backend) {
        int count = 200;
        try (Payments payments = Payments.in(backend)) {
            for (int i = 0; i < count; i++) {
                String p = "p" + i;
                long at = T0 + i * SECOND;
                payments.read(SHOP.request(p, 100, at));
                payments.clock(at);
                payments.read(SHOP.approve(p, 100, at + 2 * SECOND), SHOP.capture(p, "c" + i, 100, at + 3 * SECOND));
                assertThat(payments.timers()).isEqualTo(i + 1);
            }
            assertThat(payments.keys()).isEqualTo(count);
            payments.clock(T0 + HOUR);
            assertThat(payments.timers()).as("one each, for the settlement").isEqualTo(count);
            for (int i = 0; i < count; i++) {
                payments.read(SHOP.settle("p" + i, "c" + i, i % 2 == 0 ? 100 : 90, T0 + 2 * HOUR + i));
            }
            payments.clock(T0 + 2 * HOUR + count);
            assertThat(payments.keys()).isEqualTo(count);

            payments.clock(T0 + 2 * HOUR + 3 * DAY + DAY);
            assertThat(payments.keys()).as("those with a mismatch are open").isEqualTo(count / 2);

            payments.clock(LONG_AFTER);
            assertThat(payments.keys()).isZero();
            assertThat(payments.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("what is no payment at all is forgotten too")
    void forgetsWhatIsKnownByOneRecordOfAnyFeed(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(
                            SHOP.taint("a", T0),
                            SHOP.suspect("b", "x", T0),
                            SHOP.outcome("c", "c:OVER_RETURNED#REFUND", Outcome.Result.DONE, 5, T0),
                            SHOP.reverse("d", 5, T0),
                            SHOP.settle("e", "c", 5, T0),
                            SHOP.request("f", 5, T0))
                    .clock(T0);
            assertThat(payments.keys()).isEqualTo(6);

            payments.clock(LONG_AFTER);

            assertThat(payments.keys()).isZero();
            assertThat(payments.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void startsAnewWhenARecordComesAfterItWasForgotten(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0)).clock(LONG_AFTER);
            int before = payments.rows().size();
            assertThat(payments.keys()).isZero();

            payments.read(SHOP.request("p", 100, LONG_AFTER + DAY)).clock(LONG_AFTER + DAY + MINUTE);

            assertThat(payments.rows().size()).isEqualTo(before + 2);
            payments.clock(LONG_AFTER + 200 * DAY);
            assertThat(payments.keys()).isZero();
            assertThat(payments.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the policies at the start are in force before any change was read")
    void judgesByThePoliciesAtTheStart(Backend backend) {
        try (Payments payments =
                Payments.in(backend, Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, 7 * SECOND))) {
            payments.read(SHOP.request("p", 100, T0)).clock(T0 + DAY);

            assertThat(payments.alerts().get(0).detectedAtMillis()).isEqualTo(T0 + 7 * SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a change touches a payment with its next record or timer, and no sooner")
    void takesAChangeWithTheNextRecordOrTimer(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0), SHOP.request("q", 100, T0))
                    .clock(T0 + 20 * SECOND);

            payments.policy(Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, 30 * SECOND));
            payments.read(SHOP.taint("q", T0 + 25 * SECOND)).clock(T0 + 59 * SECOND);
            assertThat(payments.rows())
                    .as("q had a record, p had none")
                    .hasSize(2)
                    .allMatch(row -> row.startsWith("q:AUTHORIZATION_UNANSWERED:q:REQUESTED:" + T0))
                    .element(0)
                    .asString()
                    .endsWith(" 1 RAISED 100 " + (T0 + 30 * SECOND));

            payments.policy(Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, HOUR))
                    .clock(T0 + 61 * SECOND);
            assertThat(payments.rows())
                    .as("p's timer came, and its deadline is later now")
                    .hasSize(2);

            payments.clock(T0 + HOUR);
            assertThat(payments.alerts())
                    .extracting(Alert::paymentId, Alert::detectedAtMillis)
                    .contains(tuple("p", T0 + HOUR));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a scope that was taken back returns to the defaults, and stays so after a restart")
    void returnsToTheDefaults(Backend backend) {
        try (Payments payments = Payments.in(backend, Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, HOUR))) {
            payments.policy(new PolicyChange(PolicyChange.EVERYWHERE, Map.of()));
            payments.read(SHOP.request("p", 100, T0)).clock(ANSWER_DUE);
            assertThat(payments.alerts()).hasSize(1);

            payments.restart().read(SHOP.request("q", 100, T0 + HOUR)).clock(T0 + HOUR + MINUTE);
            assertThat(payments.alerts()).extracting(Alert::paymentId).containsOnly("p", "q");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("what one merchant sets does not reach another, whichever was asked first")
    void keepsThePoliciesOfMerchantsApart(Backend backend) {
        Given other = new Given("acq-1", "mer-2");
        try (Payments payments = Payments.in(
                backend,
                new PolicyChange("merchant:mer-2", Map.of(Setting.AUTHORIZATION_RESPONSE_WITHIN, 5 * SECOND)))) {
            payments.read(SHOP.request("p", 100, T0), other.request("q", 100, T0), SHOP.request("r", 100, T0));
            payments.clock(T0 + 5 * SECOND);
            assertThat(payments.alerts()).extracting(Alert::paymentId).containsExactly("q");

            payments.policy(
                    new PolicyChange("acquirer:acq-1", Map.of(Setting.AUTHORIZATION_RESPONSE_WITHIN, 9 * SECOND)));
            payments.read(SHOP.request("s", 100, T0 + MINUTE), other.request("t", 100, T0 + MINUTE));
            payments.clock(T0 + MINUTE + 9 * SECOND);
            assertThat(payments.alerts())
                    .filteredOn(a -> a.type() == AlertType.AUTHORIZATION_UNANSWERED)
                    .extracting(Alert::paymentId, Alert::detectedAtMillis)
                    .contains(tuple("s", T0 + MINUTE + 9 * SECOND), tuple("t", T0 + MINUTE + 5 * SECOND));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void losesNothingWhenTheParallelismChanges(Backend backend) {
        int count = 60;
        try (Payments payments = Payments.in(backend)) {
            payments.policy(Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, 30 * SECOND));
            for (int i = 0; i < count; i++) {
                payments.read(SHOP.request("p" + i, 100, T0 + i));
            }
            payments.clock(T0 + SECOND).restart(2);
            assertThat(payments.keys()).isEqualTo(count);
            for (int i = 0; i < count; i += 3) {
                payments.read(SHOP.approveAutomatic("p" + i, 100, T0 + 2 * SECOND + i));
            }
            payments.clock(T0 + 3 * SECOND).restart(1);
            assertThat(payments.keys()).isEqualTo(count);

            payments.clock(T0 + MINUTE);

            assertThat(payments.alerts())
                    .as("the policy that was changed before holds after")
                    .hasSize(40)
                    .allMatch(a -> a.detectedAtMillis() < T0 + 31 * SECOND);
            payments.clock(LONG_AFTER);
            assertThat(payments.keys()).isZero();
            assertThat(payments.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("after a restart, a suspicion from before the clock turns no deadline back and withdraws no command")
    void takesALateSuspicionAtTheClockThatWasReachedBeforeARestart(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0)).clock(ANSWER_DUE + MINUTE);
            List<String> before = payments.rows();
            assertThat(before).hasSize(2);

            payments.restart(2).read(SHOP.suspect("p", "o", T0 + 30 * SECOND)).clock(ANSWER_DUE + 2 * MINUTE);

            assertThat(payments.rows()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a payment with a dead letter is tainted, and no command of it goes without a person")
    void asksAPersonOnceARecordWasRefused(Backend backend) {
        try (Payments payments = Payments.in(backend)) {
            payments.read(SHOP.request("p", 100, T0), SHOP.taint("p", T0 + SECOND))
                    .clock(ANSWER_DUE);

            assertThat(payments.commands()).hasSize(1);
            assertThat(payments.commands().get(0).approvalReason()).isEqualTo(ApprovalReason.TAINTED);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a responder that is down for a day gets each command twice at most, and no storm after it")
    void writesEachCommandTwiceAtMostWhileNobodyAnswers(Backend backend) {
        int count = 300;
        try (Payments payments = Payments.in(backend)) {
            for (int i = 0; i < count; i++) {
                payments.read(SHOP.request("p" + i, 100, T0 + i));
            }
            for (long t = T0; t <= T0 + DAY; t += 10 * MINUTE) {
                payments.clock(t);
            }
            assertThat(payments.commands()).hasSize(2 * count);
            assertThat(payments.commands()).extracting(Command::issue).containsOnly(1, 2);
            assertThat(payments.timers()).isLessThanOrEqualTo(count);

            for (Command command : payments.commands()) {
                if (command.issue() == 1) {
                    payments.read(SHOP.outcome(
                            command.paymentId(), command.commandId(), Outcome.Result.DONE, 100, T0 + DAY + MINUTE));
                }
            }
            payments.clock(LONG_AFTER);

            assertThat(payments.commands()).as("no further one").hasSize(2 * count);
            assertThat(payments.alerts())
                    .filteredOn(a -> !a.raised())
                    .as("each is cleared, and so is its complaint that nobody answered")
                    .hasSize(2 * count);
            assertThat(payments.keys()).isZero();
            assertThat(payments.timers()).isZero();
        }
    }

    @Test
    void keepsASavepointForReleasesToCome() {
        try (Payments payments = Payments.telling(Duration.ofSeconds(2), Backend.HEAP)) {
            readBeforeTheSavepoint(payments);
            Savepoints.write(payments.operator(), "payments-1");
        }
    }

    /** An alert with its command, a deadline to come, a record that waits for the clock, a policy. */
    private static void readBeforeTheSavepoint(Payments payments) {
        payments.policy(Given.everywhere(Setting.AUTHORIZATION_RESPONSE_WITHIN, 2 * MINUTE));
        payments.read(SHOP.request("p", 100, T0), SHOP.request("q", 100, T0 + MINUTE))
                .clock(T0 + 2 * MINUTE);
        payments.read(SHOP.suspect("q", "o", T0 + 150 * SECOND), SHOP.approve("r", 100, T0 + 150 * SECOND));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a savepoint of release 1 is restored, and its timers, policies and waiting records go on")
    void goesOnFromASavepointOfRelease1(Backend backend) {
        List<String> expected;
        int before;
        try (Payments payments = Payments.telling(Duration.ofSeconds(2), backend)) {
            readBeforeTheSavepoint(payments);
            before = payments.alerts().size();
            expected = payments.clock(T0 + 2 * DAY).lastWords();
        }
        assertThat(before).isOne();
        try (Payments payments = Payments.telling(Duration.ofSeconds(2), backend)) {
            payments.restartFrom(Savepoints.kept(LifecycleHarnessTest.class, "payments-1"));
            assertThat(payments.keys()).isEqualTo(3);
            payments.read(SHOP.request("p", 100, T0)).clock(T0 + 2 * DAY);

            assertThat(expected).containsAll(payments.lastWords());
            assertThat(payments.commandRows())
                    .as("all but the command that was told before")
                    .hasSize((int) expected.stream()
                                    .filter(row -> row.contains("ISSUED"))
                                    .count()
                            - 1);
            assertThat(payments.alerts())
                    .anyMatch(a -> a.detectedAtMillis() == T0 + 3 * MINUTE)
                    .as("p was told before")
                    .noneMatch(a -> a.alertId().equals(UNANSWERED));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void tellsEarlyOnceAndConfirmsInSilence(Backend backend) {
        try (Payments payments = Payments.telling(Duration.ofSeconds(2), backend)) {
            payments.clock(T0 - 1);
            payments.read(SHOP.approve("p", 100, T0)).clock(T0 + HOUR);

            payments.read(SHOP.suspect("p", "o", T0 + HOUR + SECOND));
            assertThat(payments.alerts()).as("told before the clock got there").hasSize(1);
            assertThat(payments.commands()).as("but nothing is commanded early").isEmpty();

            payments.restart().clock(T0 + HOUR + 2 * SECOND);
            assertThat(payments.alerts()).hasSize(1);
            assertThat(payments.commandRows())
                    .containsExactly(
                            "p:DUPLICATE_AUTHORIZATION#REVERSE 1 ISSUED 100 AUTOMATIC " + (T0 + HOUR + SECOND));
        }
    }

    @Test
    @DisplayName("a backlog of a day read at full speed tells the same as live")
    void readsABacklogAsItWouldHaveBeenReadLive() {
        List<PaymentEvent> feed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String p = "p" + i;
            long at = T0 + i * (10 * MINUTE);
            feed.add(SHOP.request(p, 100, at));
            if (i % 3 != 0) {
                feed.add(SHOP.approveAutomatic(p, 100, at + (i % 5 == 0 ? 2 * MINUTE : SECOND)));
            }
        }
        List<String> live = readBy(feed, 2);
        List<String> backlog = readBy(feed, feed.size());
        List<String> inPieces = readBy(feed, 37);

        assertThat(live).hasSizeGreaterThan(80);
        assertThat(backlog).containsExactlyInAnyOrderElementsOf(live);
        assertThat(inPieces).containsExactlyInAnyOrderElementsOf(live);
    }

    /** Reads so many records before the clock moves, with a restart each time. */
    private static List<String> readBy(List<PaymentEvent> feed, int count) {
        try (Payments payments = Payments.in(Backend.HEAP)) {
            for (int i = 0; i < feed.size(); i++) {
                payments.read(feed.get(i));
                if ((i + 1) % count == 0) {
                    payments.clock(feed.get(i).arrivedAtMillis() - 1);
                    payments.restart();
                }
            }
            return payments.clock(T0 + 30 * HOUR).rows();
        }
    }
}
