package io.tillwatch.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.life.Life;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

    private static final long HOUR = 3_600_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            authorizationResponseWithin | 60000
            captureWithin               | 86400000
            preauthValidFor             | 2592000000
            settleWithin                | 345600000
            orphanGrace                 | 600000
            matchGrace                  | 60000
            duplicateWithin             | 300000
            remedyDelay                 | 300000
            outcomeWithin               | 900000
            approvalWithin              | 86400000
            refundAutomaticWithin       | 86400000
            rememberFor                 | 259200000
            forgetAfter                 | 7776000000
            overcapturePercentSale      | 100
            overcapturePercentPreauth   | 115
            settlementTolerance         | 0
            automaticUpTo               | 1000000
            responsesSilentFor          | 30000
            capturesSilentFor           | 600000
            settlementsSilentFor        | 93600000
            commandBudget               | 100
            amountBudget                | 5000000
            reverseMode                 | 0
            retrySettlementMode         | 0
            retryCaptureMode            | 1
            refundMode                  | 1
            adjustMode                  | 1
            """)
    void defaults(String name, long value) {
        assertThat(Policy.DEFAULT.get(Setting.named(name).orElseThrow())).isEqualTo(value);
    }

    @Test
    void theTableOfDefaultsIsWhole() {
        assertThat(Setting.values()).hasSize(27);
        assertThat(Setting.named("settlewithin")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            merchant over all        | a1   | m1   | 1  | 20 | 300
            acquirer over everywhere | a1   | m9   | 96 | 2  | 300
            everywhere               | a9   | m9   | 96 | 30 | 3
            merchant of another acquirer | a9 | m1 | 1  | 20 | 3
            no record yet            |      |      | 96 | 30 | 3
            """)
    void aNarrowerScopeWinsFieldByField(
            String what, String acquirer, String merchant, long settleHours, long captureHours, long tolerance) {
        Policies policies = Policies.fixed(Map.of(
                "*",
                new PolicyChange("*", Map.of(Setting.CAPTURE_WITHIN, 30 * HOUR, Setting.SETTLEMENT_TOLERANCE, 3L)),
                "acquirer:a1",
                new PolicyChange(
                        "acquirer:a1", Map.of(Setting.CAPTURE_WITHIN, 2 * HOUR, Setting.SETTLEMENT_TOLERANCE, 300L)),
                "merchant:m1",
                new PolicyChange("merchant:m1", Map.of(Setting.SETTLE_WITHIN, HOUR, Setting.CAPTURE_WITHIN, 20 * HOUR)),
                "merchant:m9",
                new PolicyChange("merchant:m9", Map.of())));
        Policy policy = policies.of(acquirer, merchant);
        assertThat(policy.settleWithin()).as(what).isEqualTo(settleHours * HOUR);
        assertThat(policy.captureWithin()).isEqualTo(captureHours * HOUR);
        assertThat(policy.settlementTolerance()).isEqualTo(tolerance);
    }

    @Test
    void aChangeCountsOnceWhatWasFoundIsForgotten() {
        Map<String, PolicyChange> changes = new HashMap<>();
        Policies policies = new Policies(changes::get, changes::keySet);
        assertThat(policies.of("a", "m")).isSameAs(policies.of("a", "m"));
        changes.put("*", new PolicyChange("*", Map.of(Setting.SETTLE_WITHIN, HOUR)));
        assertThat(policies.of("a", "m").settleWithin()).isEqualTo(96 * HOUR);
        policies.forgetResolved();
        assertThat(policies.of("a", "m").settleWithin()).isEqualTo(HOUR);
        changes.clear();
        policies.forgetResolved();
        assertThat(policies.of("a", "m").settleWithin()).isEqualTo(96 * HOUR);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            of the record that arrived first   | set scope=merchant:m1 captureWithin=1h; approve 100 merchant=m1 @1m; approve 100 merchant=m2 @2m | raised
            of another record                  | set scope=merchant:m2 captureWithin=1h; approve 100 merchant=m1 @1m; approve 100 merchant=m2 @2m | -
            first by arrival, not occurrence   | set scope=merchant:m2 captureWithin=1h; approve 100 merchant=m1 @1m; approve 100 merchant=m2 @2m sent=0 | -
            outcomes aside                     | set scope=merchant:m1 captureWithin=1h; outcome X#REVERSE FAILED 0 merchant=m2 @0; approve 100 merchant=m1 @1m | raised
            at one time the feed before        | set scope=merchant:m1 captureWithin=1h; void 1 merchant=m2 @1m; approve 100 merchant=m1 @1m | raised
            """)
    void aPaymentHasThePolicy(String what, String life, String stands) {
        String of = Life.of(life).toldBy("2h").of(AlertType.CAPTURE_OVERDUE);
        assertThat(of.split(" ")[0]).as(what).isEqualTo(stands);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            everywhere                  | *           | CAPTURE_WITHIN            | 1              | 0
            an acquirer                 | acquirer:a  | CAPTURE_WITHIN            | 0              | 0
            no such scope               | terminal:t  | CAPTURE_WITHIN            | 1              | 1
            a scope without a name      | merchant:   | CAPTURE_WITHIN            | 1              | 1
            less than nothing           | *           | CAPTURE_WITHIN            | -1             | 1
            an answer at once           | *           | OUTCOME_WITHIN            | 0              | 1
            a thousand years            | *           | SETTLE_WITHIN             | 31536000000000 | 1
            no such mode                | *           | REVERSE_MODE              | 3              | 1
            a mode                      | *           | REVERSE_MODE              | 2              | 0
            too much overcapture        | *           | OVERCAPTURE_PERCENT_SALE  | 100001         | 1
            forgotten before a window   | *           | FORGET_AFTER              | 2592000000     | 1
            forgotten after all windows | *           | FORGET_AFTER              | 2592000001     | 0
            two problems                | nowhere     | FORGET_AFTER              | 0              | 3
            """)
    void problems(String what, String scope, Setting setting, long value, int problems) {
        assertThat(new PolicyChange(scope, Map.of(setting, value)).problems())
                .as(what)
                .hasSize(problems);
    }

    @Test
    void noPaymentIsForgottenBeforeTheLongestWindow() {
        Policy policy = Policies.fixed(Map.of(
                        "*",
                        new PolicyChange("*", Map.of(Setting.FORGET_AFTER, 31 * 24 * HOUR)),
                        "merchant:m",
                        new PolicyChange("merchant:m", Map.of(Setting.PREAUTH_VALID_FOR, 60 * 24 * HOUR))))
                .of("a", "m");
        assertThat(policy.forgetAfter()).isGreaterThan(60 * 24 * HOUR);
    }
}
