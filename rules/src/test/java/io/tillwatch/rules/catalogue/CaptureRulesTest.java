package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.CAPTURE_AFTER_REVERSAL;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_EXCEEDS_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_FAILED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_ON_AUTOMATIC;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_ON_DECLINED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_WITHOUT_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.DUPLICATE_CAPTURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with a capture: a life, the clock, and what stands of the alert then. */
class CaptureRulesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline        | approve 100 @0; fail c1 100 code=91 @1h                          | 61m-1ms | -
            at the deadline                     | approve 100 @0; fail c1 100 code=91 @1h                          | 61m     | c1 raised 100 RETRY_CAPTURE 100 POLICY
            after the deadline                  | approve 100 @0; fail c1 100 code=91 @1h                          | 61m+1ms | c1 raised 100 RETRY_CAPTURE 100 POLICY
            a terminal's merchant               | set retryCaptureMode=AUTOMATIC; approve 100 @0; fail c1 100 code=91 @1h | 61m | c1 raised 100 RETRY_CAPTURE 100
            no code: for a person               | set retryCaptureMode=AUTOMATIC; approve 100 @0; fail c1 100 @1h  | 61m     | c1 raised 100 RETRY_CAPTURE 100 POLICY
            not retriable: the hold is freed    | approve 100 @0; fail c1 60 code=54 @1h                           | 61m     | c1 raised 60 REVERSE 100 POLICY
            less than the hold                  | approve 100 @0; fail c1 60 code=91 @1h                           | 61m     | c1 raised 60 RETRY_CAPTURE 60 POLICY
            more than the hold                  | approve 100 @0; fail c1 160 code=91 @1h                          | 61m     | c1 raised 100 RETRY_CAPTURE 100 POLICY
            the newest record has the say       | approve 100 @0; fail c1 100 code=91 @1h; fail c1 80 code=54 @61m | 61m     | c1 raised 80 REVERSE 100 POLICY
            newest by the time of the sender    | approve 100 @0; fail c1 100 code=91 @1h; fail c1 80 code=54 @61m sent=59m | 61m | c1 raised 100 RETRY_CAPTURE 100 POLICY
            the grace counts from the first     | approve 100 @0; fail c1 100 code=91 @1h; fail c1 100 code=91 @90m | 61m    | c1 raised 100 RETRY_CAPTURE 100 POLICY
            accepted within the grace           | approve 100 @0; fail c1 100 code=91 @1h; capture c1 100 @61m     | 2h      | -
            accepted after the grace            | approve 100 @0; fail c1 100 code=91 @1h; capture c1 100 @62m     | 2h      | c1 cleared 100 RETRY_CAPTURE 100 POLICY withdrawn
            another one accepted later          | approve 100 @0; fail c1 60 code=91 @1h; capture c2 60 more @62m  | 2h      | c1 cleared 60 RETRY_CAPTURE 60 POLICY withdrawn
            another one accepted at that time   | approve 100 @0; fail c1 60 code=91 @1h; capture c2 60 more @1h   | 2h      | -
            another one accepted before         | approve 100 @0; capture c2 60 more @59m; fail c1 30 code=91 @1h  | 2h      | c1 raised 30 RETRY_CAPTURE 30 POLICY
            the same one accepted before        | approve 100 @0; capture c1 60 more @59m; fail c1 30 code=91 @1h  | 2h      | -
            nothing held                        | approve 100 @0; void 100 @30m; fail c1 100 code=91 @1h           | 2h      | -
            nothing approved                    | fail c1 100 code=91 @1h                                          | 2h      | -
            an automatic sale                   | approve 100 auto @0; fail c1 100 code=91 @1h                     | 2h      | -
            the echo of an automatic sale       | approve 100 auto @0; increment 50 @1m; fail p 100 code=91 @1h    | 2h      | -
            two that failed                     | approve 100 preauth @0; fail c1 40 code=91 @1h; fail c2 50 code=91 @1h | 61m | c1 raised 40 RETRY_CAPTURE 40 POLICY; c2 raised 50 RETRY_CAPTURE 50 POLICY
            retried                             | approve 100 @0; fail c1 100 code=91 @1h; outcome CAPTURE_FAILED:c1#RETRY_CAPTURE DONE 100 @2h | 3h | c1 cleared 100 RETRY_CAPTURE 100 POLICY
            retried, and failed once more       | approve 100 @0; fail c1 100 code=91 @1h; outcome CAPTURE_FAILED:c1#RETRY_CAPTURE DONE 100 @2h; fail c1 100 code=91 @3h | 4h | c1 cleared 100 RETRY_CAPTURE 100 POLICY
            the retry failed                    | approve 100 @0; fail c1 100 code=91 @1h; outcome CAPTURE_FAILED:c1#RETRY_CAPTURE FAILED 0 @2h | 3h | c1 raised 100 RETRY_CAPTURE 100 POLICY
            freeing the hold was not needed     | approve 100 @0; fail c1 60 code=54 @1h; outcome CAPTURE_FAILED:c1#REVERSE NOT_NEEDED 0 @2h | 3h | c1 cleared 60 REVERSE 100 POLICY
            """)
    void captureFailed(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_FAILED)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline       | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h          | 121m-1ms | -
            at the deadline                    | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h          | 121m     | c2 raised 100 REVERSE 100
            after the deadline                 | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h          | 121m+1ms | c2 raised 100 REVERSE 100
            the later one by the sender's time | approve 100 @0; capture c1 100 @2h; capture c2 100 @2h sent=1h  | 121m     | c1 raised 100 REVERSE 100
            at one time, the later id          | approve 100 @0; capture c2 100 @1h; capture c1 100 @1h          | 2h       | c2 raised 100 REVERSE 100
            of a part of the sale              | approve 100 @0; capture c1 60 more @1h; capture c2 60 @2h       | 3h       | c2 raised 60 REVERSE 60 POLICY
            of a pre-authorization             | approve 100 preauth @0; capture c1 100 @1h; capture c2 100 @2h  | 3h       | c2 raised 100 REVERSE 100 POLICY
            within what was authorized         | approve 100 @0; capture c1 50 more @1h; capture c2 50 @2h       | 3h       | -
            within what may be captured on top | set overcapturePercentSale=120; approve 100 @0; capture c1 60 more @1h; capture c2 60 @2h | 3h | -
            another amount                     | approve 100 @0; capture c1 100 @1h; capture c2 99 @2h           | 3h       | -
            on an automatic sale               | approve 100 auto @0; capture c1 100 @1h; capture c2 100 @2h     | 3h       | -
            nothing approved                   | capture c1 100 @1h; capture c2 100 @2h                          | 3h       | -
            three times                        | approve 100 @0; capture c1 100 @1h; capture c2 100 @1h; capture c3 100 @1h | 2h | c2 raised 100 REVERSE 100; c3 raised 100 REVERSE 100 COMMAND_OPEN
            one record twice                   | approve 100 @0; capture c1 100 @1h; capture c1 100 @2h          | 3h       | -
            the second voided                  | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h; void 100 of=c2 @3h | 4h | c2 cleared 100 REVERSE 100 withdrawn
            the first voided                   | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h; void 100 of=c1 @3h | 4h | c2 cleared 100 REVERSE 100 withdrawn
            of an earlier cycle                | approve 100 @0; capture c1 100 @1h; void 100 @2h; approve 100 @3h; capture c2 100 @4h | 5h | -
            reversed by us                     | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h; outcome DUPLICATE_CAPTURE:c2#REVERSE DONE 100 of=c2 @3h | 4h | c2 cleared 100 REVERSE 100
            not needed                         | approve 100 @0; capture c1 100 @1h; capture c2 100 @2h; outcome DUPLICATE_CAPTURE:c2#REVERSE NOT_NEEDED 0 @3h | 4h | c2 cleared 100 REVERSE 100
            """)
    void duplicateCapture(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(DUPLICATE_CAPTURE)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline       | approve 100 @0; capture c1 130 @1h                              | 61m-1ms | -
            at the deadline                    | approve 100 @0; capture c1 130 @1h                              | 61m     | raised 30 REVERSE 30 POLICY
            after the deadline                 | approve 100 @0; capture c1 130 @1h                              | 61m+1ms | raised 30 REVERSE 30 POLICY
            the grace counts from the last     | approve 100 @0; capture c1 130 more @1h; capture c2 5 @90m      | 61m     | raised 30 REVERSE 30 POLICY
            the last that arrived              | approve 100 @0; capture c1 99 more @1h; capture c2 5 @90m       | 91m-1ms | -
            up to the whole                    | approve 100 @0; capture c1 100 @1h                              | 2h      | -
            one more than the whole            | approve 100 @0; capture c1 101 @1h                              | 2h      | raised 1 REVERSE 1 POLICY
            a pre-authorization has a margin   | approve 100 preauth @0; capture c1 115 @1h                      | 2h      | -
            one more than the margin           | approve 100 preauth @0; capture c1 116 @1h                      | 2h      | raised 1 REVERSE 1 POLICY
            the margin is rounded down         | approve 99 preauth @0; capture c1 114 @1h                       | 2h      | raised 1 REVERSE 1 POLICY
            an increment widens it             | approve 100 preauth @0; increment 100 @1m; capture c1 230 @1h   | 2h      | -
            an increment in time               | approve 100 @0; capture c1 130 @1h; increment 30 @61m           | 2h      | -
            a late increment                   | approve 100 @0; capture c1 130 @1h; increment 30 @62m sent=2m   | 2h      | cleared 30 REVERSE 30 POLICY withdrawn
            another margin                     | set overcapturePercentSale=130; approve 100 @0; capture c1 130 @1h | 2h   | -
            while a duplicate stands           | approve 100 @0; capture c1 100 @1h; capture c2 100 @1h          | 2h      | -
            refunded in part                   | approve 100 @0; capture c1 130 @1h; refund 10 @2h               | 3h      | raised 20 REVERSE 30 POLICY
            refunded                           | approve 100 @0; capture c1 130 @1h; refund 30 @2h               | 3h      | cleared 30 REVERSE 30 POLICY withdrawn
            on an automatic sale               | approve 100 auto @0; capture c1 130 @1h                         | 2h      | -
            nothing approved                   | capture c1 130 @1h                                              | 2h      | -
            a failed one                       | approve 100 @0; fail c1 130 @1h                                 | 2h      | -
            reversed by us                     | approve 100 @0; capture c1 130 @1h; outcome CAPTURE_EXCEEDS_AUTHORIZATION#REVERSE DONE 30 @2h | 3h | cleared 30 REVERSE 30 POLICY
            not needed                         | approve 100 @0; capture c1 130 @1h; outcome CAPTURE_EXCEEDS_AUTHORIZATION#REVERSE NOT_NEEDED 0 @2h | 3h | cleared 30 REVERSE 30 POLICY
            """)
    void captureExceedsAuthorization(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_EXCEEDS_AUTHORIZATION))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline  | capture c1 100 @0                                  | 10m-1ms | -
            at the deadline               | capture c1 100 @0                                  | 10m     | c1 raised 100 REVERSE 100 POLICY
            after the deadline            | capture c1 100 @0                                  | 10m+1ms | c1 raised 100 REVERSE 100 POLICY
            only asked for                | request r 100 @0; capture c1 100 @1s               | 11m     | c1 raised 100 REVERSE 100 POLICY
            an increment is no base       | increment 100 @0; capture c1 100 @1s               | 11m     | c1 raised 100 REVERSE 100 POLICY
            approved in time              | capture c1 100 @0; approve 100 @10m                | 1h      | -
            approved late                 | capture c1 100 @0; approve 100 @11m                | 1h      | c1 cleared 100 REVERSE 100 POLICY withdrawn
            declined late                 | capture c1 100 @0; decline 100 @11m                | 1h      | c1 cleared 100 REVERSE 100 POLICY withdrawn
            approved as automatic: another rule | capture p 100 @0; approve 100 auto @11m      | 1h      | p cleared 100 REVERSE 100 POLICY withdrawn
            a failed capture              | fail c1 100 @0                                     | 1h      | -
            voided                        | capture c1 100 @0; void 100 of=c1 @1m              | 1h      | -
            voided in part                | capture c1 100 @0; void 30 of=c1 @11m              | 1h      | c1 raised 70 REVERSE 100 POLICY
            two                           | capture c1 100 @0; capture c2 50 @1m               | 11m     | c1 raised 100 REVERSE 100 POLICY; c2 raised 50 REVERSE 50 POLICY
            not needed                    | capture c1 100 @0; outcome CAPTURE_WITHOUT_AUTHORIZATION:c1#REVERSE NOT_NEEDED 0 @11m | 1h | c1 cleared 100 REVERSE 100 POLICY
            """)
    void captureWithoutAuthorization(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_WITHOUT_AUTHORIZATION))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline  | decline 100 @0; capture c1 100 @1m                  | 11m-1ms | -
            at the deadline               | decline 100 @0; capture c1 100 @1m                  | 11m     | c1 raised 100 REVERSE 100 POLICY
            after the deadline            | decline 100 @0; capture c1 100 @1m                  | 11m+1ms | c1 raised 100 REVERSE 100 POLICY
            declined after the capture    | capture c1 100 @0; decline 100 @9m                  | 11m     | c1 raised 100 REVERSE 100 POLICY
            all of it is to be reversed already | capture c1 100 @0; decline 100 @11m           | 11m     | c1 raised 100
            approved too                  | decline 100 @0; approve 100 @1m; capture c1 100 @2m | 1h      | -
            approved late                 | decline 100 @0; capture c1 100 @1m; approve 100 @12m | 1h     | c1 cleared 100 REVERSE 100 POLICY withdrawn
            voided late                   | decline 100 @0; capture c1 100 @1m; void 100 @12m   | 1h      | c1 cleared 100 REVERSE 100 POLICY withdrawn
            a failed capture              | decline 100 @0; fail c1 100 @1m                     | 1h      | -
            not needed                    | decline 100 @0; capture c1 100 @1m; outcome CAPTURE_ON_DECLINED:c1#REVERSE NOT_NEEDED 0 @12m | 1h | c1 cleared 100 REVERSE 100 POLICY
            """)
    void captureOnDeclined(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_ON_DECLINED)).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline  | approve 100 auto @0; capture c1 100 @1m               | 2m-1ms | -
            at the deadline               | approve 100 auto @0; capture c1 100 @1m               | 2m     | c1 raised 100 REVERSE 100 POLICY
            after the deadline            | approve 100 auto @0; capture c1 100 @1m               | 2m+1ms | c1 raised 100 REVERSE 100 POLICY
            its echo                      | approve 100 auto @0; capture p 100 @1m                | 1h     | -
            the capture came first        | capture c1 100 @0; approve 100 auto @1m               | 1m     | c1 raised 100 REVERSE 100 POLICY
            on a separate sale            | approve 100 @0; capture c1 100 @1m                    | 1h     | -
            voided                        | approve 100 auto @0; capture c1 100 @1m; void 100 of=c1 @90s | 1h | -
            voided late                   | approve 100 auto @0; capture c1 100 @1m; void 100 of=c1 @3m | 1h | c1 cleared 100 REVERSE 100 POLICY withdrawn
            not needed                    | approve 100 auto @0; capture c1 100 @1m; outcome CAPTURE_ON_AUTOMATIC:c1#REVERSE NOT_NEEDED 0 @3m | 1h | c1 cleared 100 REVERSE 100 POLICY
            """)
    void captureOnAutomatic(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_ON_AUTOMATIC))
                .as(what)
                .isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline    | approve 100 @0; void 100 @1m; capture c1 100 @2m                 | 3m-1ms | -
            at the deadline                 | approve 100 @0; void 100 @1m; capture c1 100 @2m                 | 3m     | c1 raised 100 REVERSE 100 POLICY
            after the deadline              | approve 100 @0; void 100 @1m; capture c1 100 @2m                 | 3m+1ms | c1 raised 100 REVERSE 100 POLICY
            reversed in part only           | approve 100 @0; void 99 @1m; capture c1 1 @2m                    | 1h     | -
            it occurred before the void     | approve 100 @0; void 100 @1m; capture c1 100 @2m sent=30s        | 1h     | -
            reversed by us                  | request r 100 @0; outcome AUTHORIZATION_UNANSWERED:r#REVERSE DONE 100 @10m; approve 100 @9m; capture c1 100 @11m | 12m | c1 raised 100 REVERSE 100 POLICY
            a new cycle                     | approve 100 @0; void 100 @1m; approve 100 @2m; capture c1 100 @3m | 1h    | -
            a refund is no reversal         | approve 100 auto @0; refund 100 @1m; capture c1 100 @2m          | 1h     | -
            a void of nothing               | void 100 @0; capture c1 100 @2m; approve 100 @3m                 | 1h     | -
            voided late                     | approve 100 @0; void 100 @1m; capture c1 100 @2m; void 100 @4m   | 1h     | c1 cleared 100 REVERSE 100 POLICY withdrawn
            not needed                      | approve 100 @0; void 100 @1m; capture c1 100 @2m; outcome CAPTURE_AFTER_REVERSAL:c1#REVERSE NOT_NEEDED 0 @4m | 1h | c1 cleared 100 REVERSE 100 POLICY
            """)
    void captureAfterReversal(String what, String life, String clock, String stands) {
        assertThat(Life.of(life).toldBy(clock).of(CAPTURE_AFTER_REVERSAL))
                .as(what)
                .isEqualTo(stands);
    }
}
