package io.tillwatch.traffic;

import io.tillwatch.schemas.record.Mode;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.traffic.life.Market;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The policy under which a payment's life takes seconds. Each window leaves what happens in a sound life two and a half
 * seconds and more to spare, so that a machine that hesitates does not make an alert.
 */
public final class Windows {

    /** A sound answer takes less than half a second. */
    public static final long ANSWER_MILLIS = 4_000;

    /** A sound capture follows its approval within 2 s. */
    public static final long CAPTURE_MILLIS = 6_000;

    /** A sound pre-authorization is captured to its end or released within 9 s of its last increment. */
    public static final long PREAUTH_MILLIS = 12_000;

    /** A sound settlement follows its capture within 3 s. */
    public static final long SETTLE_MILLIS = 8_000;

    /** Feeds that are out of step are so by a second at the most. */
    public static final long ORPHAN_MILLIS = 4_000;

    /** So is a record that explains another one. */
    public static final long MATCH_MILLIS = 3_000;

    /** No two purchases are alike, unless they are meant to be, within 1.5 s. */
    public static final long DUPLICATE_MILLIS = 4_000;

    /** A feed that is late on purpose is so by a second more than the window that it misses. */
    public static final long REMEDY_DELAY_MILLIS = 3_000;

    /** Several attempts at an acquirer that does not always answer. */
    public static final long OUTCOME_MILLIS = 15_000;

    /** People take their time. */
    public static final long APPROVAL_MILLIS = Duration.ofMinutes(10).toMillis();

    /** Except for one merchant, of whose commands nobody takes care. */
    public static final long APPROVAL_OF_THE_FORGOTTEN_MILLIS = 4_000;

    /** After more than ten signs of life over that long, a feed of the acquirers that fall silent is missed. */
    public static final long SILENT_MILLIS = 3_000;

    /** How many commands the acquirer of a small budget takes in ten minutes. */
    public static final long SMALL_BUDGET = 3;

    /** When the last alert of a life has been raised and its remedy is done, after its beginning. */
    public static final Duration LONGEST_LIFE = Duration.ofSeconds(22);

    private static final long WITHOUT_END = 1_000_000_000L;
    private static final long MONEY_WITHOUT_END = 1_000_000_000_000_000L;

    private Windows() {}

    /** What must be written to the policies before the first payment. */
    public static List<Policy> policies() {
        List<Policy> policies = new ArrayList<>();
        policies.add(everywhere());
        for (String acquirerId :
                List.of(Market.RESPONSES_FALL_SILENT, Market.CAPTURES_FALL_SILENT, Market.SETTLEMENTS_FALL_SILENT)) {
            policies.add(Policy.newBuilder()
                    .setScope("acquirer:" + acquirerId)
                    .setResponsesSilentFor(SILENT_MILLIS)
                    .setCapturesSilentFor(SILENT_MILLIS)
                    .setSettlementsSilentFor(SILENT_MILLIS)
                    .build());
        }
        policies.add(Policy.newBuilder()
                .setScope("acquirer:" + Market.SMALL_BUDGET)
                .setCommandBudget(SMALL_BUDGET)
                .build());
        policies.add(Policy.newBuilder()
                .setScope("merchant:" + Market.FORGOTTEN.merchantId())
                .setApprovalWithin(APPROVAL_OF_THE_FORGOTTEN_MILLIS)
                .setReverseMode(Mode.APPROVAL)
                .build());
        return policies;
    }

    private static Policy everywhere() {
        return Policy.newBuilder()
                .setScope("*")
                .setAuthorizationResponseWithin(ANSWER_MILLIS)
                .setCaptureWithin(CAPTURE_MILLIS)
                .setPreauthValidFor(PREAUTH_MILLIS)
                .setSettleWithin(SETTLE_MILLIS)
                .setOrphanGrace(ORPHAN_MILLIS)
                .setMatchGrace(MATCH_MILLIS)
                .setDuplicateWithin(DUPLICATE_MILLIS)
                .setRemedyDelay(REMEDY_DELAY_MILLIS)
                .setOutcomeWithin(OUTCOME_MILLIS)
                .setApprovalWithin(APPROVAL_MILLIS)
                .setRefundAutomaticWithin(Duration.ofMinutes(5).toMillis())
                .setRememberFor(Duration.ofMinutes(2).toMillis())
                .setForgetAfter(Duration.ofMinutes(30).toMillis())
                .setResponsesSilentFor(Duration.ofSeconds(30).toMillis())
                .setCapturesSilentFor(Duration.ofSeconds(60).toMillis())
                .setSettlementsSilentFor(Duration.ofSeconds(60).toMillis())
                .setCommandBudget(WITHOUT_END)
                .setAmountBudget(MONEY_WITHOUT_END)
                .setRetryCaptureMode(Mode.AUTOMATIC)
                .build();
    }
}
