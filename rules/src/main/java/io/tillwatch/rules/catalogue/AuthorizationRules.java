package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.AUTHORIZATION_UNANSWERED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_FAILED;
import static io.tillwatch.rules.alert.AlertType.CAPTURE_OVERDUE;
import static io.tillwatch.rules.alert.AlertType.DUPLICATE_AUTHORIZATION;
import static io.tillwatch.rules.alert.AlertType.PREAUTH_EXPIRED;

import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertType.Severity;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.ledger.CaptureLine;
import io.tillwatch.rules.ledger.Records;
import io.tillwatch.rules.ledger.Return;

/** What can be wrong with an authorization. */
final class AuthorizationRules {

    private AuthorizationRules() {}

    /**
     * A request that nobody answered in time, by either clock, and that neither a decline, a capture nor a reversal of
     * its whole amount has put right. A late approval does not: the terminal gave up, the cardholder is debited.
     */
    static void authorizationUnanswered(Case c) {
        for (Authorization r : c.facts.authorizations()) {
            if (r.requestedBase() && unanswered(c, r)) {
                Remedy remedy = new Remedy(Action.REVERSE, r.amount(), null, r);
                c.found(AUTHORIZATION_UNANSWERED, r.eventId(), r.amount(), remedy);
            }
        }
    }

    private static boolean unanswered(Case c, Authorization r) {
        long within = c.policy.authorizationResponseWithin();
        long deadline = Deadlines.saturatedSum(r.arrivedAtMillis(), within);
        long deadlineOfSender = Deadlines.saturatedSum(r.occurredAtMillis(), within);
        for (Authorization a : c.facts.authorizations()) {
            if (!a.base()) {
                continue;
            }
            boolean answered = switch (a.status()) {
                case APPROVED -> a.arrivedAtMillis() <= deadline || a.occurredAtMillis() <= deadlineOfSender;
                case DECLINED ->
                    a.arrivedAtMillis() <= deadline
                            || a.occurredAtMillis() <= deadlineOfSender
                            || a.occurredAtMillis() >= r.occurredAtMillis();
                case REQUESTED -> Fact.BY_OCCURRENCE.compare(a, r) > 0 && a.sameAttempt(r);
            };
            if (answered) {
                return false;
            }
        }
        for (Capture capture : c.facts.captures()) {
            if (capture.accepted()) {
                return false;
            }
        }
        return undone(c, r) < r.amount() && c.clock.reached(deadline);
    }

    /** What voids and reversals since the request undid, without those commanded for another request. */
    private static long undone(Case c, Authorization r) {
        long sum = 0;
        String unanswered = AlertId.of(c.paymentId, AUTHORIZATION_UNANSWERED, "");
        String own = Records.reverseOfUnanswered(c.paymentId, r.eventId());
        for (Return x : c.records.returns()) {
            boolean forAnother = x.commandId() != null
                    && x.commandId().startsWith(unanswered)
                    && !x.commandId().equals(own);
            if (!x.refund() && !forAnother && x.arrivedAtMillis() >= r.arrivedAtMillis()) {
                sum = Math.addExact(sum, x.amount());
            }
        }
        return sum;
    }

    /** A sale that was approved for separate capture, has none, and still holds money. */
    static void captureOverdue(Case c) {
        Authorization approved = c.ledger.approved();
        long hold = c.ledger.hold();
        if (approved == null
                || approved.kind() != Authorization.Kind.SALE
                || approved.automatic()
                || hold <= 0
                || capturedInPresentCycle(c)) {
            return;
        }
        long retried = Math.max(c.retriedAt(c.alertId(CAPTURE_OVERDUE, null)), c.latestRetryOf(CAPTURE_FAILED));
        if (c.clock.after(Math.max(approved.arrivedAtMillis(), retried), c.policy.captureWithin())
                && !c.holds(AUTHORIZATION_UNANSWERED)
                && !c.holds(CAPTURE_FAILED)) {
            c.found(CAPTURE_OVERDUE, null, hold, Remedy.automatic(Action.RETRY_CAPTURE, hold));
        }
    }

    private static boolean capturedInPresentCycle(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            if (c.ledger.ofPresentCycle(line)) {
                return true;
            }
        }
        return false;
    }

    /** A pre-authorization that holds money longer than it may, counted from its last increment. */
    static void preauthExpired(Case c) {
        Authorization approved = c.ledger.approved();
        long hold = c.ledger.hold();
        if (approved == null || approved.kind() != Authorization.Kind.PREAUTH || hold <= 0) {
            return;
        }
        long from = approved.arrivedAtMillis();
        for (Authorization a : c.facts.authorizations()) {
            if (!a.base() && a.status() == Authorization.Status.APPROVED) {
                from = Math.max(from, a.arrivedAtMillis());
            }
        }
        if (c.clock.after(from, c.policy.preauthValidFor())) {
            c.found(PREAUTH_EXPIRED, null, hold, Remedy.automatic(Action.REVERSE, hold));
        }
    }

    /** A purchase that repeats another one and still holds or debits money. */
    static void duplicateAuthorization(Case c) {
        Suspicion last = c.facts.lastSuspicion();
        long netDebit = c.ledger.netDebit();
        long atRisk = Math.addExact(c.ledger.hold(), netDebit);
        if (last == null
                || last.confidence() == Suspicion.Confidence.NONE
                || c.ledger.approved() == null
                || atRisk <= 0) {
            return;
        }
        boolean exact = last.confidence() == Suspicion.Confidence.EXACT;
        ApprovalReason doubt = exact ? null : ApprovalReason.SUSPECTED;
        Remedy remedy = c.ledger.settled().isEmpty()
                ? new Remedy(Action.REVERSE, atRisk, doubt, null)
                : new Remedy(Action.REFUND, netDebit, doubt, null);
        c.found(DUPLICATE_AUTHORIZATION, exact ? Severity.CRITICAL : Severity.WARNING, null, atRisk, remedy);
    }
}
