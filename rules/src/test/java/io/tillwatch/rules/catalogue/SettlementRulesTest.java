package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.DUPLICATE_SETTLEMENT;
import static io.tillwatch.rules.alert.AlertType.SETTLED_AFTER_REVERSAL;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_AMOUNT_MISMATCH;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_FAILED;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_OVERDUE;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_WITHOUT_CAPTURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with a settlement: a life of a sale of 100, the clock, and what stands of the alert then. */
class SettlementRulesTest {

    private static final String SALE = "approve 100 @0; capture c1 100 @1h;";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline       | SALE                                                        | 97h-1ms | -
            at the deadline                    | SALE                                                        | 97h     | c1 raised 100 RETRY_SETTLEMENT 100
            after the deadline                 | SALE                                                        | 97h+1ms | c1 raised 100 RETRY_SETTLEMENT 100
            another window                     | SALE set settleWithin=24h                                   | 25h     | c1 raised 100 RETRY_SETTLEMENT 100
            an automatic sale                  | approve 100 auto @0                                         | 96h     | p raised 100 RETRY_SETTLEMENT 100
            each capture for itself            | approve 100 @0; capture c1 60 more @1h; capture c2 40 @2h   | 97h     | c1 raised 60 RETRY_SETTLEMENT 60
            settled in time                    | SALE settle c1 100 @50h                                     | 200h    | -
            settled late                       | SALE settle c1 100 @98h                                     | 99h     | c1 cleared 100 RETRY_SETTLEMENT 100 withdrawn
            another amount settled             | SALE settle c1 90 @50h                                      | 200h    | -
            rejected                           | SALE reject c1 100 @50h                                     | 200h    | -
            rejected late                      | SALE reject c1 100 @98h                                     | 99h     | c1 cleared 100 RETRY_SETTLEMENT 100 withdrawn
            voided                             | SALE void 100 @2h                                           | 200h    | -
            voided in part: in doubt           | SALE void 30 @2h                                            | 97h     | c1 raised 70 RETRY_SETTLEMENT 70 POLICY
            refunded in part: all is owed      | SALE refund 30 @2h                                          | 97h     | c1 raised 100 RETRY_SETTLEMENT 100 POLICY
            refunded                           | SALE refund 100 @2h                                         | 200h    | -
            a void that failed is no doubt     | SALE void 30 failed @2h                                     | 97h     | c1 raised 100 RETRY_SETTLEMENT 100
            a void that was left out: in doubt | request r 100 stan=1 @0; void 100 command=AUTHORIZATION_UNANSWERED:r#REVERSE @10s; request s 100 stan=2 @20s; approve 100 @30s; capture c1 100 @1h | 97h | c1 raised 100 RETRY_SETTLEMENT 100 POLICY
            a settlement astray: in doubt      | SALE settle c9 100 @50h                                     | 97h     | c1 raised 100 RETRY_SETTLEMENT 100 POLICY
            a rejection astray is no doubt     | SALE reject c9 100 @50h                                     | 97h     | c1 raised 100 RETRY_SETTLEMENT 100
            retried: the window anew           | SALE outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT DONE 100 @100h | 196h-1ms | c1 cleared 100 RETRY_SETTLEMENT 100
            the new window is over             | SALE outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT DONE 100 @100h | 196h | c1 raised 100 RETRY_SETTLEMENT 100
            not needed counts as retried       | SALE outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT NOT_NEEDED 0 @100h | 196h-1ms | c1 cleared 100 RETRY_SETTLEMENT 100
            the retry failed                   | SALE outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT FAILED 0 @100h | 101h | c1 raised 100 RETRY_SETTLEMENT 100
            the retry of a rejection counts    | SALE reject c1 100 code=91 @50h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @60h | 156h-1ms | -
            its window is over                 | SALE reject c1 100 code=91 @50h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @60h | 156h | c1 raised 100 RETRY_SETTLEMENT 100
            a rejection at the retry           | SALE reject c1 100 code=91 @50h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @50h | 146h | c1 raised 100 RETRY_SETTLEMENT 100
            rejected after the retry           | SALE reject c1 100 code=91 @50h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @60h; reject c1 100 code=91 @61h | 156h | -
            """)
    void settlementOverdue(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(SETTLEMENT_OVERDUE)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline       | SALE reject c1 100 code=91 @2h                              | 121m-1ms | -
            at the deadline                    | SALE reject c1 100 code=91 @2h                              | 121m     | c1 raised 100 RETRY_SETTLEMENT 100
            after the deadline                 | SALE reject c1 100 code=91 @2h                              | 121m+1ms | c1 raised 100 RETRY_SETTLEMENT 100
            no code: for a person              | SALE reject c1 100 @2h                                      | 3h       | c1 raised 100 RETRY_SETTLEMENT 100 POLICY
            not retriable: the debit goes back | SALE reject c1 100 code=57 @2h                              | 3h       | c1 raised 100 REVERSE 100 POLICY
            in doubt                           | SALE void 30 @90m; reject c1 70 code=91 @2h                 | 3h       | c1 raised 70 RETRY_SETTLEMENT 70 POLICY
            refunded in part                   | SALE refund 30 @90m; reject c1 100 code=57 @2h              | 3h       | c1 raised 100 REVERSE 70 POLICY
            the newest record has the say      | SALE reject c1 100 code=91 @2h; reject c1 100 code=57 @121m | 3h       | c1 raised 100 REVERSE 100 POLICY
            the grace counts from the first    | SALE reject c1 100 code=91 @2h; reject c1 100 code=91 @122m | 121m     | c1 raised 100 RETRY_SETTLEMENT 100
            settled within the grace           | SALE reject c1 100 code=91 @2h; settle c1 100 @121m         | 3h       | -
            settled later                      | SALE reject c1 100 code=91 @2h; settle c1 100 @3h           | 4h       | c1 cleared 100 RETRY_SETTLEMENT 100 withdrawn
            settled before                     | SALE settle c1 100 @90m; reject c1 100 code=91 @2h          | 3h       | -
            voided                             | SALE void 100 @90m; reject c1 100 code=91 @2h               | 3h       | -
            not captured                       | approve 100 @0; reject c1 100 code=91 @2h                   | 3h       | -
            retried                            | SALE reject c1 100 code=91 @2h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @3h | 4h | c1 cleared 100 RETRY_SETTLEMENT 100
            rejected again                     | SALE reject c1 100 code=91 @2h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT DONE 100 @3h; reject c1 100 code=91 @4h | 5h | c1 raised 100 RETRY_SETTLEMENT 100
            first after an overdue one: a person | SALE outcome SETTLEMENT_OVERDUE:c1#RETRY_SETTLEMENT DONE 100 @100h; reject c1 100 code=91 @101h | 102h | c1 raised 100 RETRY_SETTLEMENT 100 POLICY
            the retry failed                   | SALE reject c1 100 code=91 @2h; outcome SETTLEMENT_FAILED:c1#RETRY_SETTLEMENT FAILED 0 @3h | 4h | c1 raised 100 RETRY_SETTLEMENT 100
            reversing was not needed           | SALE reject c1 100 code=57 @2h; outcome SETTLEMENT_FAILED:c1#REVERSE NOT_NEEDED 0 @3h | 4h | c1 cleared 100 REVERSE 100 POLICY
            reversed                           | SALE reject c1 100 code=57 @2h; outcome SETTLEMENT_FAILED:c1#REVERSE DONE 100 of=c1 @3h | 4h | c1 cleared 100 REVERSE 100 POLICY
            """)
    void settlementFailed(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(SETTLEMENT_FAILED)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline    | SALE settle c1 90 @2h                                  | 121m-1ms | -
            at the deadline: too little     | SALE settle c1 90 @2h                                  | 121m     | c1 raised 10 ADJUST 10 POLICY
            after the deadline              | SALE settle c1 90 @2h                                  | 121m+1ms | c1 raised 10 ADJUST 10 POLICY
            too much                        | SALE settle c1 110 @2h                                 | 3h       | c1 raised 10 ADJUST -10 POLICY
            by the policy                   | SALE set adjustMode=AUTOMATIC; settle c1 90 @2h        | 3h       | c1 raised 10 ADJUST 10
            all of it                       | SALE settle c1 100 @2h                                 | 3h       | -
            within the tolerance            | SALE set settlementTolerance=10; settle c1 90 @2h      | 3h       | -
            beyond the tolerance            | SALE set settlementTolerance=9; settle c1 90 @2h       | 3h       | c1 raised 10 ADJUST 10 POLICY
            the rest in time                | SALE settle c1 90 @2h; settle c1 10 @121m              | 3h       | -
            the rest late                   | SALE settle c1 90 @2h; settle c1 10 @3h                | 4h       | c1 cleared 10 ADJUST 10 POLICY withdrawn
            a part of the rest: grace anew  | SALE settle c1 90 @2h; settle c1 4 @3h                 | 3h       | c1 cleared 10 ADJUST 10 POLICY withdrawn
            and its end                     | SALE settle c1 90 @2h; settle c1 4 @3h                 | 181m     | c1 raised 6 ADJUST 10 POLICY withdrawn
            one settlement twice            | SALE settle c1 90 settlement=s @2h; settle c1 90 settlement=s @3h | 4h | c1 raised 10 ADJUST 10 POLICY
            equal amounts: another rule     | SALE settle c1 90 @2h; settle c1 90 @2h                | 3h       | -
            a void before the settlement    | SALE void 10 @90m; settle c1 90 @2h                    | 3h       | -
            a void at the settlement        | SALE void 10 @2h; settle c1 90 @2h                     | 3h       | -
            a void after the settlement     | SALE settle c1 90 @2h; void 10 @150m                   | 3h       | c1 raised 10 ADJUST 10 POLICY
            a refund before it              | SALE refund 10 @90m; settle c1 90 @2h                  | 3h       | c1 raised 10 ADJUST 10 POLICY
            nothing expected: another rule  | SALE void 100 @90m; settle c1 90 @2h                   | 3h       | -
            not captured                    | approve 100 @0; settle c1 90 @2h                       | 3h       | -
            rejected only                   | SALE reject c1 90 @2h                                  | 3h       | -
            adjusted                        | SALE settle c1 90 @2h; outcome SETTLEMENT_AMOUNT_MISMATCH:c1#ADJUST DONE 10 @3h | 4h | c1 cleared 10 ADJUST 10 POLICY
            adjusted before it was raised   | SALE settle c1 90 @2h; outcome SETTLEMENT_AMOUNT_MISMATCH:c1#ADJUST DONE 10 @2h | 4h | -
            not needed                      | SALE settle c1 90 @2h; outcome SETTLEMENT_AMOUNT_MISMATCH:c1#ADJUST NOT_NEEDED 0 @3h | 4h | c1 cleared 10 ADJUST 10 POLICY
            the adjustment failed           | SALE settle c1 90 @2h; outcome SETTLEMENT_AMOUNT_MISMATCH:c1#ADJUST FAILED 0 @3h | 4h | c1 raised 10 ADJUST 10 POLICY
            """)
    void settlementAmountMismatch(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(SETTLEMENT_AMOUNT_MISMATCH))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            settled once                 | SALE settle c1 100 @2h                                             | 2h | -
            twice, at once               | SALE settle c1 100 @2h; settle c1 100 @3h                          | 3h | c1 raised 100 ADJUST -100 POLICY
            by the policy                | SALE set adjustMode=AUTOMATIC; settle c1 100 @2h; settle c1 100 @3h | 3h | c1 raised 100 ADJUST -100
            three times                  | SALE settle c1 100 @2h; settle c1 100 @3h; settle c1 100 @4h       | 4h | c1 raised 200 ADJUST -100 POLICY
            one record twice             | SALE settle c1 100 settlement=s @2h; settle c1 100 settlement=s @3h | 3h | -
            two halves                   | SALE settle c1 50 @2h; settle c1 50 @3h                            | 4h | -
            two halves and a bit         | SALE settle c1 50 @2h; settle c1 50 @3h; settle c1 7 @3h           | 4h | c1 raised 7 ADJUST -7 POLICY
            another amount: another rule | SALE settle c1 100 @2h; settle c1 99 @3h                           | 3h | -
            within the tolerance         | SALE set settlementTolerance=100; settle c1 100 @2h; settle c1 100 @3h | 4h | -
            not captured                 | approve 100 @0; settle c1 100 @2h; settle c1 100 @3h               | 4h | -
            captured late                | approve 100 @0; settle c1 100 @2h; settle c1 100 @3h; capture c1 100 @4h sent=1h | 4h | c1 raised 100 ADJUST -100 POLICY
            voided before both: another rule | SALE void 100 @90m; settle c1 100 @2h; settle c1 100 @3h       | 4h | -
            adjusted                     | SALE settle c1 100 @2h; settle c1 100 @3h; outcome DUPLICATE_SETTLEMENT:c1#ADJUST DONE 100 @4h | 4h | c1 cleared 100 ADJUST -100 POLICY
            not needed                   | SALE settle c1 100 @2h; settle c1 100 @3h; outcome DUPLICATE_SETTLEMENT:c1#ADJUST NOT_NEEDED 0 @4h | 4h | c1 cleared 100 ADJUST -100 POLICY
            """)
    void duplicateSettlement(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(DUPLICATE_SETTLEMENT)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline      | settle c1 100 @0                              | 10m-1ms | -
            at the deadline                   | settle c1 100 @0                              | 10m     | c1 raised 100
            after the deadline                | settle c1 100 @0                              | 10m+1ms | c1 raised 100
            all that was settled              | settle c1 100 @0; settle c1 20 @1m            | 10m     | c1 raised 120
            from the earliest by the sender   | settle c1 100 @0; settle c1 20 @5m sent=-1ms  | 15m-1ms | -
            captured in time                  | settle c1 100 @0; approve 100 @1m; capture c1 100 @10m | 1h | -
            captured late                     | settle c1 100 @0; approve 100 @1m; capture c1 100 @11m | 1h | c1 cleared 100
            approved as automatic             | settle p 100 @0; approve 100 auto @11m        | 1h      | p cleared 100
            another capture                   | SALE settle c2 100 @2h                        | 3h      | c2 raised 100
            a failed capture                  | approve 100 @0; fail c1 100 @1m; settle c1 100 @1m | 1h | c1 raised 100
            a rejection                       | reject c1 100 @0                              | 1h      | -
            """)
    void settlementWithoutCapture(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(SETTLEMENT_WITHOUT_CAPTURE))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline  | SALE void 100 @2h; settle c1 100 @3h                     | 181m-1ms | -
            at the deadline               | SALE void 100 @2h; settle c1 100 @3h                     | 181m     | c1 raised 100 ADJUST -100 POLICY
            after the deadline            | SALE void 100 @2h; settle c1 100 @3h                     | 181m+1ms | c1 raised 100 ADJUST -100 POLICY
            settled before the void       | SALE void 100 @2h; settle c1 100 @3h sent=119m           | 4h       | -
            settled at the void           | SALE void 100 @2h; settle c1 100 @3h sent=2h             | 4h       | -
            voided in part                | SALE void 99 @2h; settle c1 100 @3h                      | 4h       | -
            refunded, not reversed        | SALE refund 100 @2h; settle c1 100 @3h                   | 4h       | -
            all that was settled          | SALE settle c1 10 @90m; void 100 @2h; settle c1 90 @3h   | 4h       | c1 raised 100 ADJUST -100 POLICY
            reversed by us                | SALE outcome CAPTURE_EXCEEDS_AUTHORIZATION#REVERSE DONE 100 @2h; settle c1 100 @3h | 4h | c1 raised 100 ADJUST -100 POLICY
            adjusted                      | SALE void 100 @2h; settle c1 100 @3h; outcome SETTLED_AFTER_REVERSAL:c1#ADJUST DONE 100 @4h | 5h | c1 cleared 100 ADJUST -100 POLICY
            not needed                    | SALE void 100 @2h; settle c1 100 @3h; outcome SETTLED_AFTER_REVERSAL:c1#ADJUST NOT_NEEDED 0 @4h | 5h | c1 cleared 100 ADJUST -100 POLICY
            a new cycle of an automatic   | approve 100 auto @0; void 100 @1h; settle p 100 @2h; approve 100 auto @3h | 4h | p cleared 100 ADJUST -100 POLICY withdrawn
            """)
    void settledAfterReversal(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(SETTLED_AFTER_REVERSAL)).as(what).isEqualTo(stands);
    }

    private static Life life(String text) {
        return Life.of(text.replace("SALE", SALE));
    }
}
