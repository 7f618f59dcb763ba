package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.CAPTURE_AFTER_REVERSAL;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_EXCEEDS_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_FAILED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_ON_AUTOMATIC;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_ON_DECLINED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_WITHOUT_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.DUPLICATE_CAPTURE;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.ledger.CaptureLine;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.policy.Policy;
import io.tillwatch.rules.policy.Setting;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with captures. */
final class CaptureRules {

    private static final Comparator<CaptureLine> BY_OCCURRENCE =
            Comparator.comparingLong(CaptureLine::occurredAtMillis).thenComparing(CaptureLine::captureId);

    private CaptureRules() {}

    /** A capture that failed, was not retried, and that no later capture has made good, while money is held. */
    static void captureFailed(Case c) {
        if (c.facts.captures().isEmpty() || c.ledger.hold() <= 0) {
            return;
        }
        Map<String, Failure> failures = new TreeMap<>();
        for (Capture f : c.facts.captures()) {
            if (!f.accepted() && !c.records.echo(f)) {
                failures.merge(f.captureId(), new Failure(f, f.arrivedAtMillis()), Failure::and);
            }
        }
        for (Failure failure : failures.values()) {
            captureFailed(c, failure);
        }
    }

    /** The failed records of one capture: the newest, and when the first of them arrived. */
    private record Failure(Capture newest, long firstArrivedAtMillis) {
        Failure and(Failure other) {
            return new Failure(
                    Fact.BY_OCCURRENCE.compare(other.newest, newest) > 0 ? other.newest : newest,
                    Math.min(firstArrivedAtMillis, other.firstArrivedAtMillis));
        }
    }

    private static void captureFailed(Case c, Failure failure) {
        Capture f = failure.newest();
        if (c.retriedAt(c.alertId(CAPTURE_FAILED, f.captureId())) != Case.NEVER || madeGood(c, f)) {
            return;
        }
        if (!c.clock.after(failure.firstArrivedAtMillis(), c.policy.matchGrace())) {
            return;
        }
        long hold = c.ledger.hold();
        long amount = Math.min(f.amount(), hold);
        Remedy remedy;
        if (f.responseCode() == null) {
            remedy = Remedy.byPerson(Action.RETRY_CAPTURE, amount);
        } else if (c.codes.retriable(f.responseCode())) {
            remedy = Remedy.automatic(Action.RETRY_CAPTURE, amount);
        } else {
            remedy = Remedy.byPerson(Action.REVERSE, hold);
        }
        c.found(CAPTURE_FAILED, f.captureId(), amount, remedy);
    }

    private static boolean madeGood(Case c, Capture f) {
        for (Capture other : c.records.captures()) {
            if (other.captureId().equals(f.captureId()) || other.occurredAtMillis() >= f.occurredAtMillis()) {
                return true;
            }
        }
        for (Authorization a : c.facts.authorizations()) {
            if (a.approvedBase()
                    && a.automatic()
                    && (a.paymentId().equals(f.captureId()) || a.occurredAtMillis() >= f.occurredAtMillis())) {
                return true;
            }
        }
        return false;
    }

    /** The same amount captured twice in one cycle, and more in all than may be. */
    static void duplicateCapture(Case c) {
        Authorization approved = c.ledger.approved();
        if (approved == null || approved.automatic() || c.ledger.netDebit() <= limit(c)) {
            return;
        }
        for (CaptureLine line : c.ledger.captures()) {
            if (line.debit() > 0
                    && repeatsAnEarlierOne(c, line)
                    && c.clock.after(line.arrivedAtMillis(), c.policy.matchGrace())) {
                boolean whole =
                        approved.kind() == Authorization.Kind.SALE && line.captured() == c.ledger.authorizedTotal();
                c.found(
                        DUPLICATE_CAPTURE,
                        line.captureId(),
                        line.debit(),
                        Remedy.unless(!whole, Action.REVERSE, line.debit()));
            }
        }
    }

    private static boolean repeatsAnEarlierOne(Case c, CaptureLine line) {
        for (CaptureLine earlier : c.ledger.captures()) {
            if (earlier.debit() > 0
                    && c.ledger.ofPresentCycle(earlier)
                    && earlier.captured() == line.captured()
                    && BY_OCCURRENCE.compare(earlier, line) < 0) {
                return true;
            }
        }
        return false;
    }

    /** More captured than was authorized, the share allowed on top included. */
    static void captureExceedsAuthorization(Case c) {
        Authorization approved = c.ledger.approved();
        if (approved == null || approved.automatic()) {
            return;
        }
        long over = c.ledger.netDebit() - limit(c);
        if (over <= 0) {
            return;
        }
        long lastArrival = Long.MIN_VALUE;
        for (Capture capture : c.records.captures()) {
            lastArrival = Math.max(lastArrival, capture.arrivedAtMillis());
        }
        if (c.clock.after(lastArrival, c.policy.matchGrace()) && !c.holds(DUPLICATE_CAPTURE)) {
            c.found(CAPTURE_EXCEEDS_AUTHORIZATION, null, over, Remedy.byPerson(Action.REVERSE, over));
        }
    }

    private static long limit(Case c) {
        Ledger ledger = c.ledger;
        Policy policy = c.policy;
        long percent = ledger.approved().kind() == Authorization.Kind.PREAUTH
                ? policy.get(Setting.OVERCAPTURE_PERCENT_PREAUTH)
                : policy.get(Setting.OVERCAPTURE_PERCENT_SALE);
        long total = ledger.authorizedTotal();
        return Math.addExact(Math.multiplyExact(total / 100, percent), total % 100 * percent / 100);
    }

    /** A capture message of a payment that nobody approved: without any answer, or although it was declined. */
    static void captureWithoutApproval(Case c) {
        boolean declined = false;
        for (Authorization a : c.facts.authorizations()) {
            if (a.approvedBase()) {
                return;
            }
            declined |= a.declinedBase();
        }
        AlertType type = declined ? CAPTURE_ON_DECLINED : CAPTURE_WITHOUT_AUTHORIZATION;
        for (CaptureLine line : c.ledger.captures()) {
            reverseWhatIsDebited(c, type, line, c.policy.orphanGrace());
        }
    }

    /** A capture message although the approval was itself the capture. */
    static void captureOnAutomatic(Case c) {
        Authorization approved = c.ledger.approved();
        if (approved == null || !approved.automatic()) {
            return;
        }
        for (CaptureLine line : c.ledger.captures()) {
            if (line.message() && !line.captureId().equals(c.paymentId)) {
                reverseWhatIsDebited(c, CAPTURE_ON_AUTOMATIC, line, c.policy.matchGrace());
            }
        }
    }

    /** A capture of a payment that was reversed before. */
    static void captureAfterReversal(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            if (line.afterReversal()) {
                reverseWhatIsDebited(c, CAPTURE_AFTER_REVERSAL, line, c.policy.matchGrace());
            }
        }
    }

    private static void reverseWhatIsDebited(Case c, AlertType type, CaptureLine line, long grace) {
        long debit = line.debit();
        if (debit > 0 && c.clock.after(line.arrivedAtMillis(), grace)) {
            c.found(type, line.captureId(), debit, Remedy.byPerson(Action.REVERSE, debit));
        }
    }
}
