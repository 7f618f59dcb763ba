package io.tillwatch.rules.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.life.Life;
import io.tillwatch.rules.life.Times;
import io.tillwatch.rules.life.Told;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands: when one is made, how much, who must allow it, when it is sent, written again and withdrawn. */
class CommandsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing against it                      | approve 100 preauth @0                                     | 30d | AUTOMATIC
            the nature of the anomaly               | set reverseMode=AUTOMATIC; capture c1 100 @0               | 10m | POLICY
            the mode                                | set reverseMode=APPROVAL; approve 100 preauth @0           | 30d | POLICY
            suspected before its mode               | set reverseMode=APPROVAL; approve 100 @0; suspect SUSPECTED of=q @1m | 1m | SUSPECTED
            the mode before a conflict              | set reverseMode=APPROVAL; approve 100 preauth @0; void 10 currency=USD @1m | 30d | POLICY
            suspected before a conflict             | approve 100 @0; void 10 currency=USD @1s; suspect SUSPECTED of=q @1m | 1m | SUSPECTED
            two currencies                          | approve 100 preauth @0; void 10 currency=USD @1m           | 30d | CONFLICT
            two amounts of one capture              | set reverseMode=AUTOMATIC; approve 100 preauth @0; capture c1 50 more @1h; capture c1 40 more @1h; settle c1 50 @1h | 30d | CONFLICT
            a conflict before a taint               | approve 100 preauth @0; void 10 currency=USD @1m; taint @2m | 30d | CONFLICT
            a refused record                        | approve 100 preauth @0; taint @1m                          | 30d | TAINTED
            refused before all others               | taint @0; approve 100 preauth @1m                          | 31d | TAINTED
            a taint before another command          | approve 100 preauth @0; capture c1 50 more @1h; taint @2h  | 30d | TAINTED
            another command is open                 | approve 100 preauth @0; capture c1 50 more @1h             | 30d | COMMAND_OPEN
            another command is open and withdrawn   | approve 100 preauth @0; capture c1 50 more @1h; settle c1 50 @5d | 30d | COMMAND_OPEN
            another command was answered            | approve 100 preauth @0; capture c1 50 more @1h; settle c1 50 @5d; outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT DONE 50 @5d | 30d | AUTOMATIC
            an open command before the limit        | set automaticUpTo=10; approve 100 preauth @0; capture c1 50 more @1h | 30d | COMMAND_OPEN
            at the limit                            | set automaticUpTo=100; approve 100 preauth @0              | 30d | AUTOMATIC
            above the limit                         | set automaticUpTo=99; approve 100 preauth @0               | 30d | AMOUNT_OVER_LIMIT
            the limit for an adjustment, signed     | set automaticUpTo=99 adjustMode=AUTOMATIC; approve 100 auto @0; settle p 300 @1h | 2h | AMOUNT_OVER_LIMIT
            the limit before the age                | set automaticUpTo=99 refundMode=AUTOMATIC; approve 100 auto @0; settle p 100 @1h; suspect EXACT of=q @25h | 25h | AMOUNT_OVER_LIMIT
            a refund of a young payment             | set refundMode=AUTOMATIC; approve 100 auto @0; settle p 100 @1h; suspect EXACT of=q @24h | 24h | AUTOMATIC
            a refund of an old one                  | set refundMode=AUTOMATIC; approve 100 auto @0; settle p 100 @1h; suspect EXACT of=q @24h+1ms | 25h | TOO_OLD
            its age counts from its first record    | set refundMode=AUTOMATIC; request r 100 @0; approve 100 auto @50s; settle p 100 @1h; suspect EXACT of=q @24h+1ms | 25h | TOO_OLD
            a reversal is never too old             | approve 100 preauth @0; suspect EXACT of=q @29d            | 29d | AUTOMATIC
            """)
    void waitsForAPersonForTheFirstReasonThatApplies(String what, String life, String clock, String reason) {
        Told told = Life.of(life).toldBy(clock);
        Command last = told.commands().get(told.commands().size() - 1);
        assertThat(last.automatic() ? "AUTOMATIC" : last.approvalReason().name())
                .as(what)
                .isEqualTo(reason);
        assertThat(last.automatic()).isEqualTo(last.approvalReason() == null);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no more than is left of the exposure       | capture c1 100 @0; decline 100 @11m                          | 11m | CAPTURE_ON_DECLINED:c1#REVERSE | -
            what other commands leave                  | request r 60 @0; approve 100 @5m sent=2m; suspect EXACT of=q @6m | 6m | DUPLICATE_AUTHORIZATION#REVERSE | 40
            what a closed command leaves               | request r 60 @0; approve 100 @5m sent=2m; outcome AUTHORIZATION_UNANSWERED:r#REVERSE FAILED 0 @6m; suspect EXACT of=q @7m | 7m | DUPLICATE_AUTHORIZATION#REVERSE | 100
            possible, although nothing is known        | request r 60 stan=1 @0; request s 50 stan=2 @0               | 1m  | AUTHORIZATION_UNANSWERED:s#REVERSE | 50
            the larger of what is known and possible   | request r 60 @0; approve 100 @5m sent=2m                     | 6m  | AUTHORIZATION_UNANSWERED:r#REVERSE | 60
            a retry of a capture: no more than held    | approve 100 @0; capture c1 30 more @1s; fail c2 100 code=91 @1m | 2m | CAPTURE_FAILED:c2#RETRY_CAPTURE | 70
            a retry of a settlement: what is owed      | approve 100 auto @0; refund 30 @1m                           | 96h | SETTLEMENT_OVERDUE:p#RETRY_SETTLEMENT | 100
            """)
    void asksForNoMoreThanIsLeft(String what, String life, String clock, String commandId, String amount) {
        Command command = Life.of(life).toldBy(clock).lastCommands().get("p:" + commandId);
        assertThat(command == null ? "-" : "" + command.amount()).as(what).isEqualTo(amount);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            reverse          | set reverseMode=OFF; approve 100 preauth @0                                        | 30d
            retry capture    | set retryCaptureMode=OFF; approve 100 @0                                           | 24h
            retry settlement | set retrySettlementMode=OFF; approve 100 auto @0                                   | 96h
            refund           | set refundMode=OFF; approve 100 auto @0; settle p 100 @1s; suspect EXACT of=q @1m  | 1m
            adjust           | set adjustMode=OFF; approve 100 auto @0; settle p 90 @1h                           | 2h
            """)
    void makesNoCommandWhereTheModeIsOff(String what, String life, String clock) {
        Told told = Life.of(life).toldBy(clock);
        assertThat(told.alerts()).as(what).hasSize(1);
        assertThat(told.alerts().get(0).commandId()).isNull();
        assertThat(told.commands()).isEmpty();
    }

    @Test
    void waitsBeforeAnAutomaticCommandIsSentAndGivesAPersonADay() {
        Command automatic =
                Life.of("approve 100 auto @0").toldBy("96h").commands().get(0);
        assertThat(automatic.issuedAtMillis()).isEqualTo(Times.millis("96h"));
        assertThat(automatic.notBeforeMillis()).isEqualTo(Times.millis("96h+5m"));
        assertThat(automatic.expiresAtMillis()).isEqualTo(Times.millis("96h+5m+150m"));

        Command required = Life.of("approve 100 @0").toldBy("24h").commands().get(0);
        assertThat(required.notBeforeMillis()).isEqualTo(Times.millis("24h"));
        assertThat(required.expiresAtMillis()).isEqualTo(Times.millis("48h"));
    }

    @Test
    void isIssuedAtTheDeadlineOrWhenTheRecordArrived() {
        Told byDeadline = Life.of("request r 100 @0").toldBy("2m");
        assertThat(byDeadline.rows())
                .containsExactly(
                        "1m AUTHORIZATION_UNANSWERED:r r1 raised 100",
                        "1m AUTHORIZATION_UNANSWERED:r#REVERSE i1 issued 100 AUTOMATIC");
        Told byRecord = Life.of("request r 100 @2m sent=0; approve 100 @3m sent=1m30s; suspect EXACT of=q @4m")
                .toldBy("4m");
        assertThat(byRecord.rows())
                .containsExactly(
                        "4m DUPLICATE_AUTHORIZATION r1 raised 100",
                        "4m DUPLICATE_AUTHORIZATION#REVERSE i1 issued 100 AUTOMATIC");
    }

    @Test
    void isWithdrawnOnceWhenItsAlertClearsAndNeverMadeAgain() {
        Told told = Life.of("set captureWithin=1h; approve 100 @0; void 100 @2h;"
                        + " approve 100 @3h; capture c1 100 @5h; settle c1 100 @6h")
                .toldBy("7h");
        assertThat(told.rows())
                .containsExactly(
                        "1h CAPTURE_OVERDUE r1 raised 100",
                        "1h CAPTURE_OVERDUE#RETRY_CAPTURE i1 issued 100 POLICY",
                        "2h CAPTURE_OVERDUE r2 cleared 100",
                        "1h CAPTURE_OVERDUE#RETRY_CAPTURE i2 withdrawn 100 POLICY",
                        "4h CAPTURE_OVERDUE r3 raised 100",
                        "5h CAPTURE_OVERDUE r4 cleared 100");
    }

    @Test
    void isNotWithdrawnWhenItHasItsOutcome() {
        Told told = Life.of("approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 @25h; capture c1 100 @26h")
                .toldBy("27h");
        assertThat(told.commands()).hasSize(1);
    }

    @Test
    void isWrittenAgainTheFirstTimeThatItIsNotAnswered() {
        Told told = Life.of("request r 100 @0; decline 100 @30m").toldBy("1h");
        assertThat(told.rows())
                .containsExactly(
                        "1m AUTHORIZATION_UNANSWERED:r r1 raised 100",
                        "1m AUTHORIZATION_UNANSWERED:r#REVERSE i1 issued 100 AUTOMATIC",
                        "21m COMMAND_UNANSWERED:AUTHORIZATION_UNANSWERED:r#REVERSE r1 raised 100",
                        "1m AUTHORIZATION_UNANSWERED:r#REVERSE i2 issued 100 AUTOMATIC",
                        "30m AUTHORIZATION_UNANSWERED:r r2 cleared 100",
                        "1m AUTHORIZATION_UNANSWERED:r#REVERSE i3 withdrawn 100 AUTOMATIC");
        Command first = told.commands().get(0);
        assertThat(told.commands().get(2)).isEqualTo(first.again(false).again(true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            when it waits for a person  | approve 100 @0                       | 60h | 1
            when it was withdrawn       | request r 100 @0; decline 100 @2m    | 1h  | 2
            """)
    void isNotWrittenAgain(String what, String life, String clock, int issues) {
        assertThat(Life.of(life).toldBy(clock).commands()).as(what).hasSize(issues);
    }

    @Test
    void takesTheStepOnceMoreWhenTheOutcomeWasKnownBefore() {
        Told told = Life.of("request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE ESCALATED 0 @1s")
                .toldBy("1h");
        assertThat(told.rows())
                .containsExactly(
                        "1m AUTHORIZATION_UNANSWERED:r r1 raised 100",
                        "1m AUTHORIZATION_UNANSWERED:r#REVERSE i1 issued 100 AUTOMATIC",
                        "1m REMEDY_FAILED:AUTHORIZATION_UNANSWERED:r#REVERSE r1 raised 100");
    }

    @Test
    void raisesInTheOrderOfTheCatalogueThenClearsTheRest() {
        Told told = Life.of("approve 100 auto @0; settle p 100 @1h; settle p 100 @2h; void 100 @130m sent=1m;"
                        + " set matchGrace=0 adjustMode=AUTOMATIC")
                .toldBy("130m");
        assertThat(told.rows())
                .containsExactly(
                        "2h DUPLICATE_SETTLEMENT:p r1 raised 100",
                        "2h DUPLICATE_SETTLEMENT:p#ADJUST i1 issued -100 AUTOMATIC",
                        "2h10m SETTLED_AFTER_REVERSAL:p r1 raised 200",
                        "2h10m SETTLED_AFTER_REVERSAL:p#ADJUST i1 issued -200 POLICY",
                        "2h10m DUPLICATE_SETTLEMENT:p r2 cleared 100",
                        "2h DUPLICATE_SETTLEMENT:p#ADJUST i2 withdrawn -100 AUTOMATIC");
    }

    @Test
    void seesTheCommandsMadeBeforeItInTheStep() {
        Told told = Life.of("request r 100 stan=1 @0; request s 100 stan=2 @0; set captureWithin=1h")
                .toldBy("1m");
        assertThat(told.commands())
                .extracting(Command::approvalReason)
                .containsExactly(null, ApprovalReason.COMMAND_OPEN);
    }

    @Test
    void carriesTheIdsThatTheAcquirerNeeds() {
        Original ofRequest = Life.of("request r 100 stan=1 rrn=2 card=tok-7 @5s; approve 100 stan=3 @20m sent=10m")
                .toldBy("2m")
                .commands()
                .get(0)
                .original();
        assertThat(ofRequest).isEqualTo(new Original("a", "m", "t", "tok-7", "1", "2", null, 5000L, null, null));

        Original ofApproval = Life.of("approve 100 stan=3 authCode=X @5s; capture c1 100 @10s")
                .toldBy("97h")
                .commands()
                .get(0)
                .original();
        assertThat(ofApproval).isEqualTo(new Original("a", "m", "t", "tok-1", "3", null, "X", 5000L, "c1", null));

        Original ofCapture = Life.of("capture c2 100 merchant=m2 @6s sent=7s; capture c1 100 @7s sent=6s")
                .toldBy("1h")
                .lastCommands()
                .get("p:CAPTURE_WITHOUT_AUTHORIZATION:c2#REVERSE")
                .original();
        assertThat(ofCapture).isEqualTo(new Original("a", "m", "t", null, null, null, null, null, "c2", null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            of the approval                   | capture c1 130 currency=USD @0; approve 100 currency=GBP @1m | 1h   | GBP
            of what arrived first             | capture c1 130 currency=USD @0                               | 1h   | USD
            """)
    void speaksThePaymentsCurrency(String what, String life, String clock, String currency) {
        Told told = Life.of(life).toldBy(clock);
        assertThat(told.commands())
                .as(what)
                .isNotEmpty()
                .allMatch(c -> c.currency().equals(currency));
        assertThat(told.alerts())
                .allMatch(a ->
                        a.amount() == null ? a.currency() == null : a.currency().equals(currency));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no code at all                  | request r 100 @0                                        | 1m  | NETWORK
            no code, another alert          | approve 100 auto @0                                     | 96h | UNKNOWN
            the newest code                 | request r 100 @0; reject p 100 code=94 @1s; void 10 code=51 @2s | 1m | FUNDS
            newest by the sender            | request r 100 @0; reject p 100 code=94 @1s; void 10 code=51 @2s sent=0 | 1m | ACQUIRER
            at one time by event id         | request r 100 @0; void 9 code=91 id=b @1s; void 9 code=51 id=a @1s | 1m | ISSUER
            the newest that has one         | request r 100 code=A0 @0; void 10 @2s                   | 1m  | TERMINAL
            a code that is in no table      | request r 100 code=00 @0                                | 1m  | UNKNOWN
            """)
    void namesTheCauseByTheNewestCode(String what, String life, String clock, Cause cause) {
        Told told = Life.of(life).toldBy(clock);
        assertThat(told.alerts().get(0).cause()).as(what).isEqualTo(cause);
        assertThat(told.commands().get(0).cause()).isEqualTo(cause);
    }

    @Test
    void readsAnActionFromACommandIdAndNothingElse() {
        assertThat(CommandId.parse("p#1:CAPTURE_OVERDUE#RETRY_CAPTURE"))
                .isEqualTo(new CommandId("p#1:CAPTURE_OVERDUE", Action.RETRY_CAPTURE))
                .hasToString("p#1:CAPTURE_OVERDUE#RETRY_CAPTURE");
        for (String odd : List.of("", "REVERSE", "p:X#", "p:X#reverse", "p:X#REVERSE ", "p:X#REVERSED", "#x")) {
            assertThat(CommandId.parse(odd)).as(odd).isNull();
        }
    }
}
