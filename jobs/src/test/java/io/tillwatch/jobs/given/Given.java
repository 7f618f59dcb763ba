package io.tillwatch.jobs.given;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Authorization.CaptureMode;
import io.tillwatch.rules.fact.Authorization.Kind;
import io.tillwatch.rules.fact.Authorization.Status;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.fact.Taint;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.Map;

/**
 * Facts of payments at one acquirer and merchant. Each occurred when it arrived, its event id says what it is and when, so
 * that the same call gives the same record again.
 *
 * @param acquirer whose payments they are
 * @param merchant where they were made
 */
public record Given(String acquirer, String merchant) {

    /** When everything begins: a full hour. */
    public static final long T0 = 1_800_000_000_000L;

    public static final long SECOND = 1000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    /** Where it does not matter where. */
    public static final Given SHOP = new Given("acq-1", "mer-1");

    /** A policy that sets one thing everywhere. */
    public static PolicyChange everywhere(Setting setting, long value) {
        return new PolicyChange(PolicyChange.EVERYWHERE, Map.of(setting, value));
    }

    public static long millis(Duration duration) {
        return duration.toMillis();
    }

    public Authorization request(String payment, long amount, long at) {
        return authorization(payment, Status.REQUESTED, CaptureMode.SEPARATE, amount, null, at);
    }

    public Authorization approve(String payment, long amount, long at) {
        return authorization(payment, Status.APPROVED, CaptureMode.SEPARATE, amount, "00", at);
    }

    public Authorization approveAutomatic(String payment, long amount, long at) {
        return authorization(payment, Status.APPROVED, CaptureMode.AUTOMATIC, amount, "00", at);
    }

    public Authorization decline(String payment, long amount, long at) {
        return authorization(payment, Status.DECLINED, CaptureMode.SEPARATE, amount, "51", at);
    }

    private Authorization authorization(
            String payment, Status status, CaptureMode mode, long amount, String code, long at) {
        return new Authorization(
                common(payment, status.name(), amount, code, at),
                Kind.SALE,
                status,
                mode,
                "tok-" + payment,
                status == Status.APPROVED ? "A1" : null,
                "000017",
                "rrn-" + payment);
    }

    /** The same purchase as another would make it: equal card and references. */
    public Authorization approvedWith(String payment, String card, String stan, long amount, long at) {
        return new Authorization(
                common(payment, "APPROVED", amount, "00", at),
                Kind.SALE,
                Status.APPROVED,
                CaptureMode.SEPARATE,
                card,
                "A1",
                stan,
                null);
    }

    public Capture capture(String payment, String capture, long amount, long at) {
        return new Capture(common(payment, "CAPTURED", amount, null, at), capture, Capture.Status.ACCEPTED, true);
    }

    public Settlement settle(String payment, String capture, long amount, long at) {
        return new Settlement(
                common(payment, "SETTLED", amount, null, at),
                "set-" + payment + '-' + at,
                capture,
                Settlement.Status.SETTLED,
                0,
                null);
    }

    public Reversal reverse(String payment, long amount, long at) {
        return reversal(payment, null, null, amount, at);
    }

    /** A reversal that says what it undoes. */
    public Reversal reversal(String payment, String card, Long originalAmount, long amount, long at) {
        return new Reversal(
                common(payment, "REVERSED", amount, null, at),
                "rev-" + payment + '-' + at,
                Reversal.Kind.REVERSAL,
                Reversal.Status.DONE,
                null,
                null,
                card,
                originalAmount);
    }

    public Outcome outcome(String payment, String commandId, Outcome.Result result, long amount, long at) {
        return new Outcome(payment + ":OUTCOME:" + at, commandId, payment, at, at, result, amount, "GBP", null, null);
    }

    public Suspicion suspect(String payment, String of, long at) {
        return Suspicion.found(payment, of, at, Suspicion.Confidence.EXACT);
    }

    public Taint taint(String payment, long at) {
        return new Taint(payment, at, Feed.SETTLEMENTS);
    }

    private FeedRecord.Common common(String payment, String what, long amount, String code, long at) {
        return new FeedRecord.Common(
                payment + ':' + what + ':' + at, payment, at, at, acquirer, merchant, "ter-1", amount, "GBP", code);
    }
}
