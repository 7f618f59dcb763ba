package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.AMOUNT_CONFLICT;
import static io.tillwatch.rules.alert.AlertType.CURRENCY_MISMATCH;
import static io.tillwatch.rules.alert.AlertType.OVER_RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where records contradict each other: a life, the clock, and what stands of the alert then. All hold at once. */
class RecordRulesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one currency                        | approve 100 @0; capture c1 100 @1h; settle c1 100 @2h; refund 10 @3h | 3h | -
            one record                          | approve 100 currency=JPY @0                                | 0  | -
            a request and its answer            | request r 100 currency=EUR @0; approve 100 currency=USD @1s | 1s | raised
            a capture                           | approve 100 @0; capture c1 100 currency=USD @1h            | 1h | raised
            a failed capture                    | approve 100 @0; fail c1 100 currency=USD @1h               | 1h | raised
            a settlement                        | approve 100 auto @0; settle p 100 currency=USD @1h         | 1h | raised
            a rejection                         | approve 100 auto @0; reject p 100 currency=USD @1h         | 1h | raised
            a reversal                          | approve 100 @0; void 100 currency=USD @1h                  | 1h | raised
            a failed reversal                   | approve 100 @0; void 100 failed currency=USD @1h           | 1h | raised
            a second record of one capture      | approve 100 @0; capture c1 100 @1h; capture c1 100 currency=USD @2h | 2h | raised
            an outcome does not count           | approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 currency=USD @1h | 1h | -
            a settlement of an earlier cycle    | approve 100 auto @0; void 100 @1h; settle p 100 currency=USD @2h; approve 100 auto @3h | 3h | cleared
            it arrived first                    | settle p 100 currency=USD @0 sent=2h; approve 100 auto @1h sent=0; void 100 @2h sent=1h; approve 100 auto @3h | 3h | cleared
            """)
    void currencyMismatch(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CURRENCY_MISMATCH)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a capture told twice alike          | approve 100 @0; capture c1 100 @1h; capture c1 100 @2h  | 2h | -
            a capture told twice differently    | approve 100 @0; capture c1 100 @1h; capture c1 90 @2h   | 2h | c1 raised
            the third differs                   | approve 100 @0; capture c1 100 @1h; capture c1 100 @2h; capture c1 90 @3h | 3h | c1 raised
            two captures                        | approve 100 @0; capture c1 60 more @1h; capture c2 40 @2h | 2h | -
            a failed one differs                | approve 100 @0; fail c1 100 @1h; capture c1 90 @2h      | 2h | -
            the echo of an automatic sale       | approve 100 auto @0; capture p 90 @1h                   | 1h | -
            two echoes                          | approve 100 auto @0; capture p 90 @1h; capture p 80 @2h | 2h | -
            echoes after all                    | capture p 90 @0; capture p 80 @1h; approve 100 auto @2h | 2h | p cleared
            a settlement told twice alike       | approve 100 auto @0; settle p 100 settlement=s @1h; settle p 100 settlement=s @2h | 2h | -
            a settlement told twice differently | approve 100 auto @0; settle p 100 settlement=s @1h; settle p 90 settlement=s @2h | 2h | s raised
            two settlements                     | approve 100 auto @0; settle p 60 @1h; settle p 40 @2h   | 2h | -
            a rejection differs                 | approve 100 auto @0; reject p 90 settlement=s @1h; settle p 100 settlement=s @2h | 2h | -
            two at once                         | approve 100 @0; capture c2 60 more @1h; capture c2 50 more @1h; capture c1 40 @1h; capture c1 30 @1h | 1h | c2 raised; c1 raised
            a settlement of an earlier cycle    | approve 100 auto @0; settle p 100 settlement=s @1h; void 100 @2h; approve 90 auto @3h; settle p 90 settlement=s @4h | 4h | -
            """)
    void amountConflict(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(AMOUNT_CONFLICT)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            up to the whole                     | approve 100 auto @0; refund 100 @1h                     | 1h | -
            one more                            | approve 100 auto @0; refund 100 @1h; refund 1 @2h       | 2h | raised 1
            a void and a refund                 | approve 100 auto @0; void 100 @1h; refund 100 @2h       | 2h | raised 100
            a void that failed                  | approve 100 auto @0; void 100 failed @1h; refund 100 @2h | 2h | -
            one void told twice                 | approve 100 auto @0; void 100 reversal=x @1h; void 100 reversal=x @2h | 2h | -
            our refund, told by both            | approve 100 auto @0; refund 100 command=DUPLICATE_AUTHORIZATION#REFUND @1h; outcome DUPLICATE_AUTHORIZATION#REFUND DONE 100 @2h | 2h | -
            our refund and that of a merchant   | approve 100 auto @0; refund 100 @1h; outcome DUPLICATE_AUTHORIZATION#REFUND DONE 100 @2h | 2h | raised 100
            an adjustment is no return          | approve 100 auto @0; refund 100 @1h; outcome DUPLICATE_SETTLEMENT:p#ADJUST DONE 100 @2h | 2h | -
            captured more than authorized       | approve 100 @0; capture c1 130 @1h; refund 130 @2h      | 2h | -
            an increment counts                 | approve 100 preauth @0; increment 50 @1m; void 150 @1h  | 1h | -
            over two cycles                     | approve 100 @0; void 100 @1h; approve 80 @2h; void 80 @3h | 3h | -
            beyond two cycles                   | approve 100 @0; void 100 @1h; approve 80 @2h; void 85 @3h | 3h | raised 5
            nothing approved or captured        | void 100 @0                                             | 0  | -
            explained by a late capture         | approve 100 @0; refund 120 @1h; capture c1 120 @2h      | 2h | cleared 20
            one attempt was left out            | request r 100 stan=1 @0; void 100 command=AUTHORIZATION_UNANSWERED:r#REVERSE @10s; request s 100 stan=2 @20s; approve 100 auto @30s; void 100 @1h | 1h | -
            """)
    void overReturned(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(OVER_RETURNED)).as(what).isEqualTo(stands);
    }
}
