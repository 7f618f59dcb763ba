package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.AUTHORIZATION_UNANSWERED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_OVERDUE;
import static io.tillwatch.rules.alert.AlertType.DUPLICATE_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.PREAUTH_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with an authorization: a life, the clock, and what stands of the alert then. */
class AuthorizationRulesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline               | request r 100 @0                                       | 1m-1ms | -
            at the deadline                            | request r 100 @0                                       | 1m     | r raised 100 REVERSE 100
            after the deadline                         | request r 100 @0                                       | 1m+1ms | r raised 100 REVERSE 100
            a pre-authorization too                    | request r 100 preauth @0                               | 1m     | r raised 100 REVERSE 100
            another window                             | set authorizationResponseWithin=10s; request r 100 @0  | 10s    | r raised 100 REVERSE 100
            silence counts from the arrival            | request r 100 @10s sent=0                              | 1m     | -
            an approval in time                        | request r 100 @0; approve 100 @59s                     | 2m     | -
            an approval at the deadline                | request r 100 @0; approve 100 @1m                      | 2m     | -
            an approval a moment late                  | request r 100 @0; approve 100 @1m+1ms                  | 2m     | r raised 100 REVERSE 100
            a late approval does not clear it          | request r 100 @0; approve 100 @10m                     | 1h     | r raised 100 REVERSE 100
            an approval that the feed brought late     | request r 100 @0; approve 100 @10m sent=1m             | 1h     | r cleared 100 REVERSE 100 withdrawn
            an approval sent a moment too late         | request r 100 @0; approve 100 @10m sent=1m+1ms         | 1h     | r raised 100 REVERSE 100
            a decline in time                          | request r 100 @0; decline 100 @30s                     | 2m     | -
            a late decline                             | request r 100 @0; decline 100 @10m                     | 1h     | r cleared 100 REVERSE 100 withdrawn
            a decline from before the request, late    | request r 100 @0; decline 100 @10m sent=-1ms           | 1h     | r cleared 100 REVERSE 100 withdrawn
            an increment is no base                    | request r 100 @0; increment 100 @30s                   | 1m     | r raised 100 REVERSE 100
            a capture                                  | request r 100 @0; capture c1 100 @30s                  | 2m     | -
            a late capture                             | request r 100 @0; capture c1 100 @10m                  | 11m    | r cleared 100 REVERSE 100 withdrawn
            the late capture of an automatic           | request r 100 auto @0; capture p 100 @10m              | 11m    | r cleared 100 REVERSE 100 withdrawn
            a failed capture                           | request r 100 @0; fail c1 100 @30s                     | 1m     | r raised 100 REVERSE 100
            a void of all                              | request r 100 @0; void 100 @30s                        | 1m     | -
            a late void of all                         | request r 100 @0; void 100 @10m                        | 11m    | r cleared 100 REVERSE 100 withdrawn
            a void of less                             | request r 100 @0; void 99 @30s                         | 1m     | r raised 100 REVERSE 100
            a void and a reversal that make it all     | request r 100 @0; void 60 @30s; reverse 40 @40s        | 1m     | -
            a void that failed                         | request r 100 @0; void 100 failed @30s                 | 1m     | r raised 100 REVERSE 100
            a refund is none                           | request r 100 @0; refund 100 @30s                      | 1m     | r raised 100 REVERSE 100
            a void that arrived before                 | void 100 @0; request r 100 @1ms sent=0                 | 61s    | r raised 100 REVERSE 100
            a void that arrived with it                | void 100 @0; request r 100 @0                          | 61s    | -
            two records of one void                    | request r 100 @0; void 60 reversal=x @1s; void 60 reversal=x @2s | 1m | r raised 100 REVERSE 100
            a void commanded for another               | request r 100 @0; void 100 command=AUTHORIZATION_UNANSWERED:q#REVERSE @30s | 1m | r raised 100 REVERSE 100
            a void commanded for it                    | request r 100 @0; void 100 command=AUTHORIZATION_UNANSWERED:r#REVERSE @30s | 1m | -
            our reversal was done                      | request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE DONE 100 @9m | 10m | r cleared 100 REVERSE 100
            a duplicate's reversal was done            | request r 100 @0; outcome DUPLICATE_AUTHORIZATION#REVERSE DONE 100 @30s | 1m | -
            our reversal was not needed                | request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE NOT_NEEDED 0 @9m | 10m | r cleared 100 REVERSE 100
            not needed, before it is raised            | request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE NOT_NEEDED 0 @9s | 10m | -
            our reversal failed                        | request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE FAILED 0 @9m | 10m | r raised 100 REVERSE 100
            sent again with the same stan              | request r 100 stan=7 @0; request s 100 stan=7 @30s     | 1m     | -
            the last of the attempt                    | request r 100 stan=7 @0; request s 100 stan=7 @30s     | 90s    | s raised 100 REVERSE 100
            sent again with the same rrn               | request r 100 rrn=7 @0; request s 100 rrn=7 @30s       | 90s    | s raised 100 REVERSE 100
            zeros are no reference                     | request r 100 stan=000 @0; request s 100 stan=000 @30s | 70s    | r raised 100 REVERSE 100
            two attempts, each unanswered              | request r 100 stan=7 @0; request s 100 stan=8 @30s     | 90s    | r raised 100 REVERSE 100; s raised 100 REVERSE 100 COMMAND_OPEN
            an increment asked for in vain is no base  | approve 100 preauth @0; increment 50 @1s               | 2m     | -
            """)
    void authorizationUnanswered(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(AUTHORIZATION_UNANSWERED))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline           | approve 100 @0                                              | 24h-1ms | -
            at the deadline, for a person          | approve 100 @0                                              | 24h     | raised 100 RETRY_CAPTURE 100 POLICY
            after the deadline                     | approve 100 @0                                              | 24h+1ms | raised 100 RETRY_CAPTURE 100 POLICY
            a terminal's merchant                  | set retryCaptureMode=AUTOMATIC; approve 100 @0              | 24h     | raised 100 RETRY_CAPTURE 100
            another window                         | set captureWithin=1h; approve 100 @0                        | 1h      | raised 100 RETRY_CAPTURE 100 POLICY
            an automatic sale                      | approve 100 auto @0                                         | 24h     | -
            a pre-authorization                    | approve 100 preauth @0                                      | 24h     | -
            a capture of less than the sale        | approve 100 @0; capture c1 60 more @1h                      | 24h     | -
            a late capture                         | approve 100 @0; capture c1 100 @25h                         | 26h     | cleared 100 RETRY_CAPTURE 100 POLICY withdrawn
            a capture before the approval          | capture c1 60 more @0; approve 100 @1h                      | 25h     | -
            a void of all                          | approve 100 @0; void 100 @1h                                | 24h     | -
            a late void of all                     | approve 100 @0; void 100 @25h                               | 26h     | cleared 100 RETRY_CAPTURE 100 POLICY withdrawn
            a void of some                         | approve 100 @0; void 40 @1h                                 | 24h     | raised 60 RETRY_CAPTURE 60 POLICY
            the hold changes                       | approve 100 @0; void 40 @25h                                | 26h     | raised 60 RETRY_CAPTURE 100 POLICY
            a new cycle counts for itself          | approve 100 @0; capture c1 100 @1h; void 100 @2h; approve 80 @3h | 27h | raised 80 RETRY_CAPTURE 80 POLICY
            a restatement does not start anew      | approve 100 @0; approve 100 @20h                            | 24h     | raised 100 RETRY_CAPTURE 100 POLICY
            a request that nobody answered in time | request r 100 @0; approve 100 @10m; set captureWithin=1h    | 2h      | -
            a capture that failed                  | approve 100 @0; fail c1 100 @1h                             | 24h     | -
            a retry gives it the window anew       | set captureWithin=1h; approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 @90m | 2h | cleared 100 RETRY_CAPTURE 100 POLICY
            a moment before the window is over     | set captureWithin=1h; approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 @90m | 150m-1ms | cleared 100 RETRY_CAPTURE 100 POLICY
            when the new window is over            | set captureWithin=1h; approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 @90m | 150m | raised 100 RETRY_CAPTURE 100 POLICY
            a retry that was not needed            | set captureWithin=1h; approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE NOT_NEEDED 0 @90m | 2h | cleared 100 RETRY_CAPTURE 100 POLICY
            a retry that failed                    | set captureWithin=1h; approve 100 @0; outcome CAPTURE_OVERDUE#RETRY_CAPTURE FAILED 0 @90m | 2h | raised 100 RETRY_CAPTURE 100 POLICY
            a retry of a failed capture            | set captureWithin=1h; approve 100 @0; fail c1 100 @10m; outcome CAPTURE_FAILED:c1#RETRY_CAPTURE DONE 100 @50m | 110m-1ms | -
            its window is over                     | set captureWithin=1h; approve 100 @0; fail c1 100 @10m; outcome CAPTURE_FAILED:c1#RETRY_CAPTURE DONE 100 @50m | 110m | raised 100 RETRY_CAPTURE 100 POLICY
            an early retry does not shorten it     | set captureWithin=1h; approve 100 @10m; outcome CAPTURE_OVERDUE#RETRY_CAPTURE DONE 100 @1m | 70m-1ms | -
            """)
    void captureOverdue(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_OVERDUE)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline       | approve 100 preauth @0                                 | 30d-1ms | -
            at the deadline                    | approve 100 preauth @0                                 | 30d     | raised 100 REVERSE 100
            after the deadline                 | approve 100 preauth @0                                 | 30d+1ms | raised 100 REVERSE 100
            another window                     | set preauthValidFor=7d; approve 100 preauth @0         | 7d      | raised 100 REVERSE 100
            a sale                             | approve 100 @0                                         | 30d     | -
            an increment gives it time         | approve 100 preauth @0; increment 20 @5d               | 35d-1ms | -
            from the increment                 | approve 100 preauth @0; increment 20 @5d               | 35d     | raised 120 REVERSE 120
            the increment that arrived last    | approve 100 preauth @0; increment 20 @9d sent=1d; increment 20 @8d sent=2d | 39d-1ms | -
            an increment that came before it   | increment 20 @0; approve 100 preauth @1d               | 31d     | raised 100 REVERSE 100
            captured to the end                | approve 100 preauth @0; capture c1 60 @5d              | 30d     | -
            captured in part                   | approve 100 preauth @0; capture c1 60 more @5d         | 30d     | raised 40 REVERSE 40 COMMAND_OPEN
            voided                             | approve 100 preauth @0; void 100 @5d                   | 30d     | -
            voided late                        | approve 100 preauth @0; void 100 @31d                  | 32d     | cleared 100 REVERSE 100 withdrawn
            the rest voided late               | approve 100 preauth @0; void 30 @31d                   | 32d     | raised 70 REVERSE 100
            reversed by us                     | approve 100 preauth @0; outcome PREAUTH_EXPIRED#REVERSE DONE 100 @31d | 32d | cleared 100 REVERSE 100
            not needed                         | approve 100 preauth @0; outcome PREAUTH_EXPIRED#REVERSE NOT_NEEDED 0 @31d | 32d | cleared 100 REVERSE 100
            failed                             | approve 100 preauth @0; outcome PREAUTH_EXPIRED#REVERSE FAILED 0 @31d | 32d | raised 100 REVERSE 100
            """)
    void preauthExpired(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(PREAUTH_EXPIRED)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            exact: at once                     | approve 100 @0; suspect EXACT of=q @1m                        | 1m  | raised 100 REVERSE 100
            suspected: for a person            | approve 100 @0; suspect SUSPECTED of=q @1m                    | 1m  | raised 100 REVERSE 100 SUSPECTED
            held and debited                   | approve 100 preauth @0; capture c1 60 more @1s; suspect EXACT of=q @1m | 1m | raised 100 REVERSE 100
            settled: a refund for a person     | approve 100 auto @0; settle p 100 @1s; suspect EXACT of=q @1m | 1m  | raised 100 REFUND 100 POLICY
            refund, by the policy              | set refundMode=AUTOMATIC; approve 100 auto @0; settle p 100 @1s; suspect EXACT of=q @1m | 1m | raised 100 REFUND 100
            settled and only suspected         | approve 100 auto @0; settle p 100 @1s; suspect SUSPECTED of=q @1m | 1m | raised 100 REFUND 100 SUSPECTED
            settled and nothing debited        | approve 100 @0; settle c9 100 @1s; suspect EXACT of=q @1m     | 1m  | raised 100
            none                               | approve 100 @0; suspect NONE @1m                              | 1m  | -
            suspected no more                  | approve 100 @0; suspect EXACT of=q @1m; suspect NONE @2m      | 2m  | cleared 100 REVERSE 100 withdrawn
            exact after all                    | approve 100 @0; suspect SUSPECTED of=q @1m; suspect EXACT of=q @2m | 2m | raised 100 REVERSE 100 SUSPECTED
            nothing approved                   | request r 100 @0; suspect EXACT of=q @1m                      | 1m  | -
            voided before                      | approve 100 @0; void 100 @1s; suspect EXACT of=q @1m          | 1m  | -
            voided after                       | approve 100 @0; suspect EXACT of=q @1m; void 100 @2m          | 2m  | cleared 100 REVERSE 100 withdrawn
            refunded                           | approve 100 auto @0; settle p 100 @1s; suspect EXACT of=q @1m; outcome DUPLICATE_AUTHORIZATION#REFUND DONE 100 @1h | 2h | cleared 100 REFUND 100 POLICY
            not needed                         | approve 100 @0; suspect EXACT of=q @1m; outcome DUPLICATE_AUTHORIZATION#REVERSE NOT_NEEDED 0 @1h | 2h | cleared 100 REVERSE 100
            """)
    void duplicateAuthorization(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(DUPLICATE_AUTHORIZATION))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            EXACT     | CRITICAL
            SUSPECTED | WARNING
            """)
    void severityOfADuplicateIsThatOfItsConfidence(String confidence, String severity) {
        var told =
                Life.of("approve 100 @0; suspect " + confidence + " of=q @1m").toldBy("1m");
        assertThat(told.alerts().get(0).severity()).hasToString(severity);
        assertThat(told.commands().get(0).original().counterpartPaymentId()).isEqualTo("q");
    }
}
