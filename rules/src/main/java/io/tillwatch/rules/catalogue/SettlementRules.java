package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.DUPLICATE_SETTLEMENT;
import static io.tillwatch.rules.alert.AlertType.SETTLED_AFTER_REVERSAL;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_AMOUNT_MISMATCH;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_FAILED;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_OVERDUE;
import static io.tillwatch.rules.alert.AlertType.SETTLEMENT_WITHOUT_CAPTURE;

import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.ledger.CaptureLine;
import io.tillwatch.rules.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with settlements. */
final class SettlementRules {

    private SettlementRules() {}

    /** A capture that is still debited, that nothing was settled for, and whose settlement was neither refused. */
    static void settlementOverdue(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            if (line.debit() <= 0 || !c.ledger.settled(line.captureId()).isEmpty()) {
                continue;
            }
            long retried = retried(c, line);
            if (!rejectedAfter(c, line, retried).isEmpty()) {
                continue;
            }
            if (c.clock.after(Math.max(line.arrivedAtMillis(), retried), c.policy.settleWithin())) {
                long owed = line.owed();
                c.found(
                        SETTLEMENT_OVERDUE,
                        line.captureId(),
                        owed,
                        Remedy.unless(c.settlementInDoubt(), Action.RETRY_SETTLEMENT, owed));
            }
        }
    }

    /** A capture that is still debited and whose settlement was rejected since the last retry. */
    static void settlementFailed(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            if (line.debit() <= 0 || !c.ledger.settled(line.captureId()).isEmpty()) {
                continue;
            }
            long retried = retried(c, line);
            Settlement newest = null;
            long firstArrival = Long.MAX_VALUE;
            for (Settlement f : rejectedAfter(c, line, retried)) {
                newest = newest == null || Fact.BY_OCCURRENCE.compare(f, newest) > 0 ? f : newest;
                firstArrival = Math.min(firstArrival, f.arrivedAtMillis());
            }
            if (newest != null && c.clock.after(firstArrival, c.policy.matchGrace())) {
                c.found(
                        SETTLEMENT_FAILED,
                        line.captureId(),
                        line.owed(),
                        remedyOfFailure(c, line, newest.responseCode(), retried != Case.NEVER));
            }
        }
    }

    private static Remedy remedyOfFailure(Case c, CaptureLine line, String code, boolean retriedBefore) {
        if (code == null) {
            return Remedy.byPerson(Action.RETRY_SETTLEMENT, line.owed());
        } else if (c.codes.retriable(code)) {
            return Remedy.unless(retriedBefore || c.settlementInDoubt(), Action.RETRY_SETTLEMENT, line.owed());
        }
        return Remedy.byPerson(Action.REVERSE, line.debit());
    }

    private static long retried(Case c, CaptureLine line) {
        return Math.max(
                c.retriedAt(c.alertId(SETTLEMENT_OVERDUE, line.captureId())),
                c.retriedAt(c.alertId(SETTLEMENT_FAILED, line.captureId())));
    }

    private static List<Settlement> rejectedAfter(Case c, CaptureLine line, long retriedAt) {
        List<Settlement> rejected = List.of();
        for (Settlement s : c.ledger.about(line.captureId(), c.facts.settlements())) {
            if (!s.settled() && (retriedAt == Case.NEVER || s.arrivedAtMillis() > retriedAt)) {
                rejected = rejected.isEmpty() ? new ArrayList<>(1) : rejected;
                rejected.add(s);
            }
        }
        return rejected;
    }

    /** Settled, but neither once for what was captured nor twice for it. */
    static void settlementAmountMismatch(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            List<Settlement> settled = c.ledger.settled(line.captureId());
            if (settled.isEmpty() || equalAmounts(settled) || c.settledAfterReversal(line, settled) != null) {
                continue;
            }
            long expected = c.ledger.expected(line, settled);
            long diff = expected - Ledger.sum(settled);
            if (expected <= 0 || Math.abs(diff) <= c.policy.settlementTolerance()) {
                continue;
            }
            long lastArrival = Long.MIN_VALUE;
            for (Settlement s : settled) {
                lastArrival = Math.max(lastArrival, s.arrivedAtMillis());
            }
            if (c.clock.after(lastArrival, c.policy.matchGrace())) {
                c.found(
                        SETTLEMENT_AMOUNT_MISMATCH,
                        line.captureId(),
                        Math.abs(diff),
                        Remedy.automatic(Action.ADJUST, diff));
            }
        }
    }

    /** Settled twice with one and the same amount, and more in all than was expected. */
    static void duplicateSettlement(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            List<Settlement> settled = c.ledger.settled(line.captureId());
            if (!equalAmounts(settled) || c.settledAfterReversal(line, settled) != null) {
                continue;
            }
            long excess = Ledger.sum(settled) - c.ledger.expected(line, settled);
            if (excess > c.policy.settlementTolerance()) {
                c.found(DUPLICATE_SETTLEMENT, line.captureId(), excess, Remedy.automatic(Action.ADJUST, -excess));
            }
        }
    }

    private static boolean equalAmounts(List<Settlement> settled) {
        for (int i = 1; i < settled.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (settled.get(i).amount() == settled.get(j).amount()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Money moved for a capture that nobody knows. */
    static void settlementWithoutCapture(Case c) {
        List<Settlement> settled = c.ledger.settled();
        if (settled.isEmpty()) {
            return;
        }
        Map<String, Settlement> earliest = new TreeMap<>();
        for (Settlement s : settled) {
            if (c.ledger.capture(s.captureId()) == null) {
                earliest.merge(s.captureId(), s, (a, b) -> Fact.BY_OCCURRENCE.compare(a, b) <= 0 ? a : b);
            }
        }
        for (Settlement s : earliest.values()) {
            if (c.clock.after(s.arrivedAtMillis(), c.policy.orphanGrace())) {
                long sum = Ledger.sum(c.ledger.settled(s.captureId()));
                c.found(SETTLEMENT_WITHOUT_CAPTURE, s.captureId(), sum, null);
            }
        }
    }

    /** Money moved for a capture that had been reversed wholly. */
    static void settledAfterReversal(Case c) {
        for (CaptureLine line : c.ledger.captures()) {
            List<Settlement> settled = c.ledger.settled(line.captureId());
            Settlement first = c.settledAfterReversal(line, settled);
            if (first != null && c.clock.after(first.arrivedAtMillis(), c.policy.matchGrace())) {
                long sum = Ledger.sum(settled);
                c.found(SETTLED_AFTER_REVERSAL, line.captureId(), sum, Remedy.byPerson(Action.ADJUST, -sum));
            }
        }
    }
}
