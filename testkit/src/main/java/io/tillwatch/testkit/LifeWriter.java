package io.tillwatch.testkit;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord.Common;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes the records of one payment. It has a time of its own, the true one, which only goes forward; what is written
 * occurred then by the sender's clock, which may be wrong, and arrived a little later, or much later when a feed was late.
 */
final class LifeWriter {

    private static final long AMOUNT_MAX = 1_000_000_000_000L;

    final Random random;
    final String paymentId;
    final Shop shop;
    final long amount;

    private final Pace pace;
    private final double disorder;
    private final List<Fact> facts = new ArrayList<>();
    private final List<LifeWriter> twins = new ArrayList<>(0);
    private long nowMillis;
    private int records;
    private boolean automatic;
    private String stan;
    private String rrn;

    /** Where a payment is made, and with what. */
    record Shop(String acquirerId, String merchantId, String terminalId, String currency, String cardToken) {}

    LifeWriter(Random random, String paymentId, Shop shop, long amount, Pace pace, double disorder, long nowMillis) {
        this.random = random;
        this.paymentId = paymentId;
        this.shop = shop;
        this.amount = amount;
        this.pace = pace;
        this.disorder = disorder;
        this.nowMillis = nowMillis;
        this.stan = String.format("%06d", random.nextInt(1_000_000));
        this.rrn = random.nextBoolean() ? "r" + random.nextInt(1_000_000_000) : null;
    }

    /** What was written, of the twins too. */
    List<Fact> facts() {
        List<Fact> all = new ArrayList<>(facts);
        twins.forEach(t -> all.addAll(t.facts()));
        return all;
    }

    // --- time ---

    /** Lets a share of a window pass, at least {@code from} and less than {@code to} of it. */
    LifeWriter after(Setting window, double from, double to) {
        nowMillis += (long) (pace.get(window) * (from + random.nextDouble() * (to - from)));
        return this;
    }

    /** Lets a moment pass. */
    LifeWriter soon() {
        return after(Setting.AUTHORIZATION_RESPONSE_WITHIN, 0.01, 0.2);
    }

    // --- chance ---

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** Some part of an amount, at least 1. */
    long part(long whole) {
        return whole <= 1 ? 1 : 1 + (long) (random.nextDouble() * (whole - 1));
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    // --- authorizations ---

    /** From here on approvals are captures themselves. */
    LifeWriter automatic() {
        automatic = true;
        return this;
    }

    /** From here on it is another attempt: another trace number and reference. */
    LifeWriter anotherAttempt() {
        stan = String.format("%06d", random.nextInt(1_000_000));
        rrn = rrn == null ? null : rrn + "x";
        return this;
    }

    /** From here on the trace number says nothing. */
    LifeWriter withoutReferences() {
        stan = chance(0.5) ? null : "000000";
        rrn = null;
        return this;
    }

    LifeWriter request(Authorization.Kind kind) {
        return authorization(kind, Authorization.Status.REQUESTED, amount, null);
    }

    LifeWriter approve(Authorization.Kind kind) {
        return authorization(kind, Authorization.Status.APPROVED, amount, chance(0.5) ? "00" : null);
    }

    LifeWriter approve(Authorization.Kind kind, long other) {
        return authorization(kind, Authorization.Status.APPROVED, other, null);
    }

    LifeWriter decline(Authorization.Kind kind) {
        return authorization(kind, Authorization.Status.DECLINED, amount, oneOf("51", "54", "05", "91", "59", "57"));
    }

    LifeWriter increment(long by) {
        return authorization(Authorization.Kind.INCREMENT, Authorization.Status.APPROVED, by, "00");
    }

    private LifeWriter authorization(
            Authorization.Kind kind, Authorization.Status status, long of, String responseCode) {
        boolean itself = automatic && kind == Authorization.Kind.SALE;
        return write(
                0,
                common -> new Authorization(
                        common,
                        kind,
                        status,
                        itself ? Authorization.CaptureMode.AUTOMATIC : Authorization.CaptureMode.SEPARATE,
                        shop.cardToken(),
                        status == Authorization.Status.APPROVED ? "A" + random.nextInt(100_000) : null,
                        stan,
                        rrn),
                of,
                responseCode);
    }

    // --- captures and settlements ---

    String captureId(int number) {
        return paymentId + "-c" + number;
    }

    LifeWriter capture(String captureId, long of, boolean last) {
        return write(1, common -> new Capture(common, captureId, Capture.Status.ACCEPTED, last), of, null);
    }

    LifeWriter captureFails(String captureId, long of, String responseCode) {
        return write(1, common -> new Capture(common, captureId, Capture.Status.FAILED, true), of, responseCode);
    }

    LifeWriter settle(String captureId, long of) {
        return settle(captureId, of, paymentId + "-s" + records);
    }

    LifeWriter settle(String captureId, long of, String settlementId) {
        return settlement(captureId, of, settlementId, Settlement.Status.SETTLED, null);
    }

    LifeWriter settlementFails(String captureId, long of, String responseCode) {
        return settlement(captureId, of, paymentId + "-s" + records, Settlement.Status.REJECTED, responseCode);
    }

    private LifeWriter settlement(
            String captureId, long of, String settlementId, Settlement.Status status, String responseCode) {
        String batch = chance(0.3) ? "b" + random.nextInt(20) : null;
        long fee = random.nextInt(3) * 7L;
        return write(
                2, common -> new Settlement(common, settlementId, captureId, status, fee, batch), of, responseCode);
    }

    // --- reversals ---

    LifeWriter givenBack(Reversal.Kind kind, long of, String captureId) {
        return giveBack(kind, of, captureId, null, Reversal.Status.DONE);
    }

    /** Mostly done, sometimes in vain. */
    LifeWriter giveBack(Reversal.Kind kind, long of, String captureId) {
        return giveBack(kind, of, captureId, null, chance(0.9) ? Reversal.Status.DONE : Reversal.Status.FAILED);
    }

    LifeWriter giveBack(Reversal.Kind kind, long of, String captureId, String commandId, Reversal.Status status) {
        boolean named = chance(0.8);
        return write(
                3,
                common -> new Reversal(
                        common,
                        common.eventId() + "-x",
                        kind,
                        status,
                        captureId,
                        commandId,
                        named ? shop.cardToken() : null,
                        named ? Long.valueOf(amount) : null),
                of,
                status == Reversal.Status.FAILED ? oneOf("91", "12", "96") : null);
    }

    // --- others ---

    /** Another payment with the same card at the same shop, now. */
    LifeWriter twin(boolean sameReferences) {
        LifeWriter twin =
                new LifeWriter(random, paymentId + "-twin" + twins.size(), shop, amount, pace, disorder, nowMillis);
        if (sameReferences) {
            twin.stan = stan;
            twin.rrn = rrn;
        }
        twins.add(twin);
        return twin;
    }

    /** The record written last, told again by another record that differs in its currency. */
    LifeWriter lastInAnotherCurrency() {
        Fact last = facts.get(facts.size() - 1);
        facts.set(facts.size() - 1, Rewrite.inCurrency(last, shop.currency().equals("EUR") ? "USD" : "EUR"));
        return this;
    }

    /** A record without what it rests on: the last one but one was never written. */
    LifeWriter forgetOneBefore() {
        if (facts.size() > 1) {
            facts.remove(random.nextInt(facts.size() - 1));
        }
        return this;
    }

    private interface Form {
        Fact of(Common common);
    }

    private LifeWriter write(int feed, Form form, long of, String responseCode) {
        long match = pace.get(Setting.MATCH_GRACE);
        long occurred = nowMillis;
        long arrived = nowMillis + random.nextInt(5) * match / 1_000;
        if (chance(disorder)) {
            occurred += (long) ((random.nextDouble() - 0.5) * 4 * match); // a clock that is wrong
        }
        if (chance(disorder)) {
            arrived += (long) (random.nextDouble() * 2 * match);
        }
        if (chance(disorder / 4)) {
            long late = feed == 0 ? pace.get(Setting.ORPHAN_GRACE) : pace.get(Setting.CAPTURE_WITHIN);
            arrived += (long) (random.nextDouble() * 2 * late);
        }
        if (chance(disorder / 4)) {
            occurred = occurred / 1_000 * 1_000; // clocks that only know seconds make ties
        }
        Common common = new Common(
                paymentId + "-e" + records++,
                paymentId,
                occurred,
                arrived,
                shop.acquirerId(),
                shop.merchantId(),
                shop.terminalId(),
                Math.max(1, Math.min(AMOUNT_MAX, of)),
                shop.currency(),
                responseCode);
        facts.add(form.of(common));
        return this;
    }
}
