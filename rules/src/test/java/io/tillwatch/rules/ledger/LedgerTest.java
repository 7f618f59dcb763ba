package io.tillwatch.rules.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fold, sentence by sentence: a life, and the ledger that it gives, such as {@code total 100 hold 40 c1 50/60
 * reversed 10}: of capture c1 50 are still debited of 60.
 */
class LedgerTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing is known                        | set captureWithin=1h                                 | total 0 hold 0
            the first approval is taken             | approve 100 @0                                       | total 100 hold 100
            a request and a decline hold nothing    | request r 100 @0; decline 100 @1s                    | total 0 hold 0
            an automatic one is its own capture     | approve 100 auto @0                                  | total 100 hold 0 p 100/100
            its echo is ignored                     | approve 100 auto @0; capture p 90 @1s                | total 100 hold 0 p 100/100
            an echo that came first too             | capture p 90 @0; approve 100 auto @1s                | total 100 hold 0 p 100/100
            no echo if the earliest is separate     | approve 100 @0; capture p 100 @1s                    | total 100 hold 0 p 100/100
            a restatement is ignored                | approve 100 @0; approve 150 @1m                      | total 100 hold 100
            a restatement of what is debited        | approve 100 @0; capture c1 100 @1s; approve 150 @1m  | total 100 hold 0 c1 100/100
            an automatic restatement                | approve 100 @0; approve 100 auto @1m                 | total 100 hold 100
            a new cycle when all is reversed        | approve 100 @0; void 100 @1m; approve 80 @2m         | total 80 hold 80
            a new cycle when all is refunded        | approve 100 auto @0; refund 100 @1m; approve 80 @2m  | total 80 hold 80 p 0/100
            a new cycle when nothing is left        | approve 100 @0; capture c1 60 @1s; void 60 of=c1 @1m; approve 80 @2m | total 80 hold 80 c1 0/60 reversed 60 emptied
            a new cycle of an automatic             | approve 100 auto @0; void 100 @1m; approve 80 auto @2m | total 80 hold 0 p 80/80
            a new cycle resets what was emptied     | approve 100 @0; void 100 @1m; approve 80 @2m; capture c1 80 @3m | total 80 hold 0 c1 80/80
            captures before the approval lessen it  | capture c1 60 more @0; approve 100 @1m                | total 100 hold 40 c1 60/60
            they never make it less than nothing    | capture c1 160 more @0; approve 100 @1m              | total 100 hold 0 c1 160/160
            a last one before the first approval    | capture c1 60 @0; approve 100 @1m                    | total 100 hold 0 c1 60/60
            a last one before a later approval      | approve 100 @0; capture c1 60 @1s; void 60 @1m; approve 100 @2m | total 100 hold 100 c1 0/60 reversed 60 emptied
            order is that of the senders            | capture c1 60 more @0 sent=1h; approve 100 @1m       | total 100 hold 40 c1 60/60
            approvals of one time by event id       | approve 100 id=b @0; approve 90 id=a @0              | total 90 hold 90
            """)
    void approvals(String what, String life, String ledger) {
        assertThat(ledger(life)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            it grows total and hold             | approve 100 preauth @0; increment 50 @1m                   | total 150 hold 150
            with nothing approved it is nothing | increment 50 @0                                            | total 0 hold 0
            before the approval it is nothing   | increment 50 @0; approve 100 preauth @1m                   | total 100 hold 100
            at the approval it comes after      | increment 50 id=a @0; approve 100 preauth id=b @0          | total 150 hold 150
            before a capture of that time       | approve 100 preauth @0; capture c1 150 more id=a @1m; increment 50 id=b @1m | total 150 hold 0 c1 150/150
            after the last capture it holds     | approve 100 preauth @0; capture c1 60 @1m; increment 50 @2m | total 150 hold 50 c1 60/60
            a declined one does not arise       | approve 100 @0; decline 50 @1m                             | total 100 hold 100
            """)
    void increments(String what, String life, String ledger) {
        assertThat(ledger(life)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the last one frees the rest          | approve 100 @0; capture c1 60 @1m                           | total 100 hold 0 c1 60/60
            one with more to come keeps it       | approve 100 @0; capture c1 60 more @1m                      | total 100 hold 40 c1 60/60
            never below nothing                  | approve 100 @0; capture c1 130 more @1m                     | total 100 hold 0 c1 130/130
            with nothing approved                | capture c1 60 @0                                            | total 0 hold 0 c1 60/60
            a failed one is nothing              | approve 100 @0; fail c1 60 @1m                              | total 100 hold 100
            of two records the earliest counts   | approve 100 @0; capture c1 60 @1m; capture c1 70 @2m        | total 100 hold 0 c1 60/60
            the earliest by the sender           | approve 100 @0; capture c1 60 @1m; capture c1 70 @2m sent=30s | total 100 hold 0 c1 70/70
            at one time the smaller event id     | approve 100 @0; capture c1 60 id=b @1m; capture c1 70 id=a @1m | total 100 hold 0 c1 70/70
            after all was reversed               | approve 100 @0; void 100 @1m; capture c1 60 @2m             | total 100 hold 0 c1 60/60 after
            after a part was reversed            | approve 100 @0; void 60 @1m; capture c1 40 @2m              | total 100 hold 0 c1 40/40
            after all was refunded               | approve 100 auto @0; refund 100 @1m; capture c1 60 @2m      | total 100 hold 0 c1 60/60 p 0/100
            """)
    void captures(String what, String life, String ledger) {
        assertThat(ledger(life)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a void of the hold                     | approve 100 @0; void 100 @1m                                | total 100 hold 0
            a void of a part                       | approve 100 @0; reverse 30 @1m                              | total 100 hold 70
            a failed one is nothing                | approve 100 @0; void 100 failed @1m                         | total 100 hold 100
            the hold falls first                   | approve 100 @0; capture c1 60 more @1m; void 50 @2m         | total 100 hold 0 c1 50/60 reversed 10
            then the newest capture                | approve 100 @0; capture c1 50 more @1m; capture c2 50 @2m; void 60 @3m | total 100 hold 0 c1 40/50 reversed 10 c2 0/50 reversed 50 emptied
            newest by time, then by id             | approve 100 @0; capture c2 50 more @1m; capture c1 50 more @1m; void 50 @3m | total 100 hold 0 c1 50/50 c2 0/50 reversed 50 emptied
            of one capture                         | approve 100 @0; capture c1 50 more @1m; capture c2 50 @2m; void 30 of=c1 @3m | total 100 hold 30 c1 20/50 reversed 30 c2 50/50
            of the last capture, no hold comes back | approve 100 @0; capture c1 60 @1m; void 60 of=c1 @2m       | total 100 hold 0 c1 0/60 reversed 60 emptied
            of one with more to come, it does      | approve 100 @0; capture c1 60 more @1m; void 60 of=c1 @2m   | total 100 hold 100 c1 0/60 reversed 60 emptied
            of an automatic, it does not           | approve 100 auto @0; void 40 of=p @2m                       | total 100 hold 0 p 60/100 reversed 40
            not more than the capture              | approve 100 @0; capture c1 60 more @1m; void 90 of=c1 @2m   | total 100 hold 100 c1 0/60 reversed 60 emptied
            of a capture that nobody knows         | approve 100 @0; void 60 of=c9 @1m                           | total 100 hold 40
            a refund frees no hold                 | approve 100 @0; capture c1 60 more @1m; refund 50 @2m       | total 100 hold 40 c1 10/60
            a refund of one capture                | approve 100 @0; capture c1 50 more @1m; capture c2 50 @2m; refund 30 of=c1 @3m | total 100 hold 0 c1 20/50 c2 50/50
            a refund reverses and empties nothing  | approve 100 @0; capture c1 50 more @1m; refund 50 of=c1 @3m | total 100 hold 50 c1 0/50
            a refund of a capture not known yet    | approve 100 @0; capture c1 50 more @1m; refund 50 of=c2 @2m; capture c2 50 @3m | total 100 hold 0 c1 0/50 c2 50/50
            a refund of nothing is not kept        | refund 50 @0; approve 100 auto @1m                          | total 100 hold 0 p 100/100
            reversed by our command                | approve 100 preauth @0; outcome PREAUTH_EXPIRED#REVERSE DONE 60 @1m | total 100 hold 40
            refunded by our command                | approve 100 auto @0; outcome DUPLICATE_AUTHORIZATION#REFUND DONE 60 @1m | total 100 hold 0 p 40/100
            our command about one capture          | approve 100 @0; capture c1 50 more @1m; outcome DUPLICATE_CAPTURE:c1#REVERSE DONE 50 of=c1 @2m | total 100 hold 100 c1 0/50 reversed 50 emptied
            the command need not be understood     | approve 100 @0; outcome REVERSE DONE 60 @1m                 | total 100 hold 100
            a retry or an adjustment is no return  | approve 100 auto @0; outcome SETTLEMENT_OVERDUE:p#RETRY_SETTLEMENT DONE 100 @1m; outcome DUPLICATE_SETTLEMENT:p#ADJUST DONE 100 @2m | total 100 hold 0 p 100/100
            not needed or failed is no return      | approve 100 @0; outcome A#REVERSE NOT_NEEDED 0 @1m; outcome B#REVERSE FAILED 0 @2m; outcome C#REVERSE ESCALATED 0 @2m | total 100 hold 100
            the first outcome counts               | approve 100 @0; outcome A#REVERSE FAILED 0 @1m; outcome A#REVERSE DONE 100 @2m | total 100 hold 100
            first by arrival                       | approve 100 @0; outcome A#REVERSE DONE 60 @1m; outcome A#REVERSE DONE 90 @2m sent=30s | total 100 hold 40
            told by the reversal as well           | approve 100 @0; outcome A#REVERSE DONE 60 @1m; reverse 60 command=A#REVERSE @2m | total 100 hold 40
            the reversal failed: the outcome       | approve 100 @0; outcome A#REVERSE DONE 60 @1m; reverse 60 failed command=A#REVERSE @2m | total 100 hold 40
            of two records of a void the earliest  | approve 100 @0; void 60 reversal=x @1m; void 70 reversal=x @2m | total 100 hold 40
            """)
    void returns(String what, String life, String ledger) {
        assertThat(ledger(life)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a void before the approval by its clock    | approve 100 @0 sent=10s; void 100 @1m sent=5s          | total 100 hold 0
            that really came before it                 | void 100 @0; approve 100 @1m                           | total 100 hold 100
            of a capture that is folded later          | approve 100 @0; capture c1 60 more @1m sent=2m; void 60 of=c1 @90s | total 100 hold 100 c1 0/60 reversed 60 emptied
            of a capture that arrived later            | approve 100 @0; void 60 of=c1 @90s; capture c1 60 more @2m | total 100 hold 40 c1 60/60
            it does not touch the hold meanwhile       | approve 100 @0; capture c1 60 @1m sent=3m; void 60 of=c1 @2m | total 100 hold 0 c1 0/60 reversed 60 emptied
            of an automatic that is folded later       | approve 100 auto @0 sent=1m; void 60 of=p @10s         | total 100 hold 0 p 40/100 reversed 60
            the rest of a void undoes late             | approve 50 @0; capture c1 30 @10s sent=1h; void 80 @1m | total 50 hold 0 c1 0/30 reversed 30 emptied after
            the rest of a void of one capture          | approve 100 @0; capture c1 30 more @10s; capture c2 50 @20s sent=1h; void 80 of=c1 @1m | total 100 hold 0 c1 0/30 reversed 30 emptied c2 50/50
            only what arrived by then                  | approve 50 @0; void 80 @1m; capture c1 30 @2m          | total 50 hold 0 c1 30/30 after
            newest first, late as well                 | void 70 @1m sent=0; capture c1 50 more @10s; capture c2 50 @20s | total 0 hold 0 c1 30/50 reversed 20 c2 0/50 reversed 50 emptied
            late, nothing counts as emptied            | approve 100 @0 sent=10s; void 100 @1m sent=5s; capture c1 60 @2m | total 100 hold 0 c1 60/60
            """)
    void whatFoundNothingToUndoIsTriedAgainAtTheEnd(String what, String life, String ledger) {
        assertThat(ledger(life)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the outcome of an earlier attempt     | request r 100 stan=1 @0; outcome U:r DONE 100 @10s; request s 100 stan=2 @20s; approve 100 @30s | total 100 hold 100
            the reversal of an earlier attempt    | request r 100 stan=1 @0; reverse 100 command=U:r @40s; request s 100 stan=2 @20s; approve 100 @30s | total 100 hold 100
            of the same attempt it counts         | request r 100 stan=1 @0; reverse 100 command=U:r @40s; request s 100 stan=1 @20s; approve 100 @30s | total 100 hold 0
            without a reference it is another     | request r 100 @0; reverse 100 command=U:r @40s; request s 100 @20s; approve 100 @30s | total 100 hold 100
            the only attempt                      | request r 100 stan=1 @0; reverse 100 command=U:r @40s; approve 100 @30s | total 100 hold 0
            the other attempt lies before         | request s 100 stan=2 @-10s; request r 100 stan=1 @0; reverse 100 command=U:r @40s; approve 100 @30s | total 100 hold 0
            the other attempt at one time         | request r 100 stan=1 @0; request s 100 stan=2 @0; reverse 100 command=U:r @40s; approve 100 @30s | total 100 hold 0
            the other attempt after the approval  | request r 100 stan=1 @0; approve 100 @30s; reverse 100 command=U:r @40s; request s 100 stan=2 @50s | total 100 hold 0
            the other attempt with the approval   | request r 100 stan=1 @0; reverse 100 command=U:r @40s; request s 100 stan=2 @30s; approve 100 @30s | total 100 hold 100
            a command of another kind             | request r 100 stan=1 @0; reverse 100 command=PREAUTH_EXPIRED#REVERSE @40s; request s 100 stan=2 @20s; approve 100 @30s | total 100 hold 0
            no command                            | request r 100 stan=1 @0; reverse 100 @40s; request s 100 stan=2 @20s; approve 100 @30s | total 100 hold 0
            """)
    void whatUndidAnEarlierAttemptIsLeftOut(String what, String life, String ledger) {
        String whole = life.replaceAll("U:(\\w)", "AUTHORIZATION_UNANSWERED:$1#REVERSE");
        assertThat(ledger(whole)).as(what).isEqualTo(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all of it                         | approve 100 auto @0                                              | 100
            less what was reversed            | approve 100 auto @0; void 30 @1m                                 | 70
            not what was refunded             | approve 100 auto @0; refund 30 @1m                               | 100
            reversed before it was settled    | approve 100 auto @0; void 30 @1m; settle p 70 @2m                | 70
            reversed when it was settled      | approve 100 auto @0; void 30 @2m; settle p 70 @2m                | 70
            reversed after it was settled     | approve 100 auto @0; settle p 70 @2m; void 30 @3m                | 100
            after the first settlement        | approve 100 auto @0; settle p 10 @2m; void 30 @3m; settle p 60 @4m | 100
            first by the sender               | approve 100 auto @0; settle p 10 @5m sent=2m; void 30 @3m; settle p 60 @4m | 100
            the settlement of another cycle   | approve 100 auto @0; settle p 100 @1s; void 100 @1m; approve 100 auto @2m; void 30 @3m; settle p 70 @4m | 70
            """)
    void expected(String what, String life, long expected) {
        Ledger ledger = Ledger.of(Life.of(life).facts());
        assertThat(ledger.expected(ledger.capture("p"), ledger.settled("p")))
                .as(what)
                .isEqualTo(expected);
    }

    private static String ledger(String life) {
        Ledger ledger = Ledger.of(Life.of(life).facts());
        StringJoiner text = new StringJoiner(" ");
        text.add("total " + ledger.authorizedTotal()).add("hold " + ledger.hold());
        for (CaptureLine line : ledger.captures()) {
            text.add(line.captureId() + ' ' + line.debit() + '/' + line.captured());
            if (line.reversed() > 0) {
                text.add("reversed " + line.reversed());
            }
            if (line.emptied()) {
                text.add("emptied");
            }
            if (line.afterReversal()) {
                text.add("after");
            }
        }
        return text.toString();
    }
}
