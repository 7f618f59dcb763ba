package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.COMMAND_UNANSWERED;
import static io.tillwatch.rules.alert.AlertType.REMEDY_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with a remedy: a life, the clock, and what stands of the alert then. */
class CommandRulesTest {

    private static final String REVERSE = "AUTHORIZATION_UNANSWERED:r#REVERSE";
    private static final String RETRY = "CAPTURE_OVERDUE#RETRY_CAPTURE";
    private static final String ADJUST = "SETTLEMENT_AMOUNT_MISMATCH:p#ADJUST";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a moment before the deadline          | request r 100 @0                               | 21m-1ms | -
            a minute, five to wait and a quarter  | request r 100 @0                               | 21m     | REVERSE raised 100
            after the deadline                    | request r 100 @0                               | 21m+1ms | REVERSE raised 100
            another delay and another window      | set remedyDelay=1m outcomeWithin=2m; request r 100 @0 | 4m | REVERSE raised 100
            answered in time                      | request r 100 @0; outcome REVERSE DONE 100 @21m | 1h     | -
            answered late                         | request r 100 @0; outcome REVERSE DONE 100 @22m | 1h     | REVERSE cleared 100
            answered with a failure               | request r 100 @0; outcome REVERSE FAILED 0 @20m | 1h     | -
            withdrawn and not answered            | request r 100 @0; decline 100 @2m              | 21m     | REVERSE raised 100
            a person has a day                    | approve 100 @0                                 | 48h-1ms | -
            the day is over                       | approve 100 @0                                 | 48h     | RETRY raised 100
            an adjustment is signed               | approve 100 auto @0; settle p 110 @1h          | 25h+1m  | ADJUST raised -10
            """)
    void commandUnanswered(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(COMMAND_UNANSWERED)).as(what).isEqualTo(whole(stands));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            failed                            | request r 100 @0; outcome REVERSE FAILED 0 @10m                      | 10m | REVERSE raised 100
            escalated                         | request r 100 @0; outcome REVERSE ESCALATED 0 @10m                   | 10m | REVERSE raised 100
            done                              | request r 100 @0; outcome REVERSE DONE 100 @10m                      | 10m | -
            not needed                        | request r 100 @0; outcome REVERSE NOT_NEEDED 0 @10m                  | 10m | -
            no answer                         | request r 100 @0                                                     | 1h  | -
            the first outcome counts          | request r 100 @0; outcome REVERSE FAILED 0 @10m; outcome REVERSE DONE 100 @11m | 1h | REVERSE raised 100
            failed, but nothing is wrong      | request r 100 @0; decline 100 @2m; outcome REVERSE FAILED 0 @10m     | 1h  | -
            nothing is wrong any more         | request r 100 @0; outcome REVERSE FAILED 0 @10m; decline 100 @11m    | 1h  | REVERSE cleared 100
            before the command was made       | request r 100 @0; outcome REVERSE FAILED 0 @10s                      | 1m  | REVERSE raised 100
            a command that nobody knows       | approve 100 auto @0; outcome REVERSE FAILED 0 @10m                   | 1h  | -
            the amount of the command         | approve 100 @0; outcome RETRY FAILED 0 @25h; void 40 @26h            | 27h | RETRY raised 100
            of an adjustment                  | approve 100 auto @0; settle p 110 @1h; outcome ADJUST FAILED 0 @2h   | 2h  | ADJUST raised -10
            """)
    void remedyFailed(String what, String life, String clock, String stands) {
        assertThat(life(life).toldBy(clock).of(REMEDY_FAILED)).as(what).isEqualTo(whole(stands));
    }

    private static Life life(String text) {
        return Life.of(text.replace("outcome REVERSE", "outcome " + REVERSE)
                .replace("outcome RETRY", "outcome " + RETRY)
                .replace("outcome ADJUST", "outcome " + ADJUST));
    }

    private static String whole(String stands) {
        return stands.replaceFirst("^REVERSE", REVERSE)
                .replaceFirst("^RETRY", RETRY)
                .replaceFirst("^ADJUST", ADJUST);
    }
}
