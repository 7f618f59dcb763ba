package io.tillwatch.cli.live;

import io.tillwatch.schemas.record.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Makes lives of payments that take seconds, healthy ones and ones with a known fault, by seed; and the policy under which
 * seconds are what days are to a shop.
 */
public final class Lives {

    /** By then every alert of a life has been raised, after its beginning. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    private static final List<String> CURRENCIES = List.of("CNY", "EUR", "JPY", "KWD");
    private static final long ANSWER = 60;

    private final Random random;
    private final String run;
    private int number;

    /** @param run distinguishes the payments of this run from those of others in the same topics */
    public Lives(long seed, String run) {
        this.random = new Random(seed);
        this.run = run;
    }

    /** Windows of seconds. No responder answers here, so no command is expected to be answered. */
    public static Policy policy() {
        return Policy.newBuilder()
                .setScope("*")
                .setAuthorizationResponseWithin(2_000L)
                .setCaptureWithin(5_000L)
                .setPreauthValidFor(6_000L)
                .setSettleWithin(8_000L)
                .setOrphanGrace(3_000L)
                .setMatchGrace(1_000L)
                .setDuplicateWithin(3_000L)
                .setRemedyDelay(1_000L)
                .setOutcomeWithin(Duration.ofHours(1).toMillis())
                .setApprovalWithin(Duration.ofHours(1).toMillis())
                .setCommandBudget(1_000_000L)
                .setAmountBudget(1_000_000_000_000_000L)
                .setRememberFor(Duration.ofMinutes(2).toMillis())
                .setForgetAfter(Duration.ofHours(2).toMillis())
                .build();
    }

    /** The next life. Of a purchase that is charged twice, it is the second; {@link #firstCharge} is the first. */
    Life next(Fault fault) {
        int n = number++;
        long amount = 100L + random.nextInt(20_000);
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        String stan = String.format("%06d", 1 + n % 999_999);
        Life life = new Life(run + "-" + n, n, "tok_" + run + "_" + n, stan, amount, currency);
        plan(life, fault, amount, currency);
        return life;
    }

    /** The purchase that a second charge repeats. */
    Life firstCharge(Life second) {
        return second.like(second.paymentId() + "-first")
                .asked(0)
                .approved(ANSWER)
                .captured(settleAfter(), "c1")
                .settled(settleAfter() + 2_000, "c1");
    }

    private long settleAfter() {
        return 300L + random.nextInt(1_500);
    }

    private void plan(Life life, Fault fault, long amount, String currency) {
        long captured = settleAfter();
        long settled = captured + settleAfter();
        String whole = life.paymentId();
        switch (fault) {
            case NONE -> healthy(life, captured, settled);
            case ANSWER_LOST -> life.asked(0);
            case NEVER_CAPTURED -> life.asked(0).approved(ANSWER);
            case NEVER_RELEASED -> life.preauthorized(0);
            case CAPTURE_REFUSED -> life.asked(0).approved(ANSWER).captureRefused(captured, "c1");
            case NEVER_SETTLED -> life.asked(0).approved(ANSWER).captured(captured, "c1");
            case SETTLEMENT_REFUSED ->
                life.asked(0).approved(ANSWER).captured(captured, "c1").settlementRefused(settled, "c1");
            case SETTLED_SHORT ->
                life.asked(0).approved(ANSWER).captured(captured, "c1").settled(settled, "c1", amount - 1);
            case SETTLED_TWICE ->
                life.asked(0)
                        .approved(ANSWER)
                        .captured(captured, "c1")
                        .settled(settled, "c1")
                        .settled(settled + 700, "c1");
            case CAPTURED_TWICE ->
                life.asked(0)
                        .approved(ANSWER)
                        .captured(captured, "c1")
                        .captured(captured + 200, "c2")
                        .settled(settled + 200, "c1")
                        .settled(settled + 300, "c2");
            case CAPTURED_TOO_MUCH ->
                life.asked(0)
                        .approved(ANSWER)
                        .captured(captured, "c1", amount * 2, currency)
                        .settled(settled, "c1", amount * 2);
            case OTHER_CURRENCY ->
                life.asked(0)
                        .approved(ANSWER)
                        .captured(captured, "c1", amount, currency.equals("USD") ? "GBP" : "USD")
                        .settled(settled, "c1");
            case AMOUNT_RESTATED ->
                life.asked(0)
                        .approved(ANSWER)
                        .captured(captured, "c1")
                        .captured(captured + 600, "c1", amount - 1, currency)
                        .settled(settled + 600, "c1");
            case NOT_AUTHORIZED -> life.captured(0, "c1").settled(captured, "c1");
            case CAPTURED_THOUGH_DECLINED ->
                life.asked(0).declined(ANSWER).captured(captured, "c1").settled(settled, "c1");
            case CAPTURED_THOUGH_AUTOMATIC ->
                life.approvedAtOnce(0)
                        .captured(captured, "c2")
                        .settled(settled, whole)
                        .settled(settled + 100, "c2");
            case CAPTURED_AFTER_VOID ->
                life.asked(0)
                        .approved(ANSWER)
                        .voided(captured, null)
                        .captured(captured + 500, "c1")
                        .settled(settled + 500, "c1");
            case NOT_CAPTURED -> life.settled(0, "c1");
            case SETTLED_AFTER_VOID ->
                life.approvedAtOnce(0).voided(captured, whole).settled(settled + 500, whole);
            case REFUNDED_TWICE ->
                life.approvedAtOnce(0)
                        .settled(captured, whole)
                        .refunded(settled + 100)
                        .refunded(settled + 800);
            case CHARGED_TWICE ->
                life.asked(500)
                        .approved(500 + ANSWER)
                        .captured(captured + 500, "c1")
                        .settled(settled + 500, "c1");
        }
    }

    private void healthy(Life life, long captured, long settled) {
        switch (random.nextInt(10)) {
            case 0, 1 -> life.asked(0).declined(ANSWER);
            case 2, 3, 4 -> life.approvedAtOnce(0).settled(settled, life.paymentId());
            case 5 -> life.asked(0).approved(ANSWER).voided(captured, null);
            case 6 -> life.approvedAtOnce(0).settled(captured, life.paymentId()).refunded(settled + 500);
            default -> life.asked(0).approved(ANSWER).captured(captured, "c1").settled(settled, "c1");
        }
    }
}
