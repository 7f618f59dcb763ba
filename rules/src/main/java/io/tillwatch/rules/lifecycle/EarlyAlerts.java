package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.lifecycle.Payment.EarlyAlert;
import java.util.ArrayList;
import java.util.List;

/** Alerts told ahead of the clock: told once, confirmed in silence, or put right by a further revision. */
final class EarlyAlerts {

    private EarlyAlerts() {}

    /** Tells what a waiting record will change, unless it was told before. */
    static void tell(Payment payment, List<Alert> foreseen, long atMillis, Changes changes) {
        for (Alert alert : foreseen) {
            if (alert.revision() > toldRevision(payment, alert.alertId())) {
                payment.early.add(new EarlyAlert(state(alert), atMillis));
                changes.alert(alert);
            }
        }
    }

    /**
     * What is to be told of a change whose time has come: nothing if it was told so before, else the change, in a
     * revision after all that was told.
     *
     * @return the state to tell, or null when it was told already
     */
    static AlertState confirm(Payment payment, AlertState state) {
        for (int i = 0; i < payment.early.size(); i++) {
            if (payment.early.get(i).told().equals(state)) {
                payment.early.remove(i);
                return null;
            }
        }
        int told = toldRevision(payment, state.alertId());
        payment.early.removeIf(e -> takenBack(e, state.alertId()));
        return state.revision() > told ? state : state.withRevision(told + 1);
    }

    /** Puts right what the clock has reached and not confirmed. */
    static void putRight(Payment payment, long clockMillis, Changes changes) {
        List<EarlyAlert> unconfirmed = new ArrayList<>(0);
        for (EarlyAlert e : payment.early) {
            if (e.atMillis() <= clockMillis) {
                unconfirmed.add(e);
            }
        }
        for (EarlyAlert e : unconfirmed) {
            AlertState now = payment.alerts.get(e.told().alertId());
            AlertState latest = latestTold(payment, e.told().alertId());
            payment.early.remove(e);
            if (now == null) {
                neverRaised(payment, latest, e.atMillis(), changes);
            } else if (now.revision() <= e.told().revision()) {
                AlertState right = now.withRevision(latest.revision() + 1);
                payment.alerts.put(right.alertId(), right);
                tell(payment, right, e.atMillis(), changes);
            }
        }
    }

    /**
     * Takes back an alert that was told and never came to be. For the payment it was never raised, so that its command is
     * still to be made if it comes after all; only the revision is remembered.
     */
    private static void neverRaised(Payment payment, AlertState latest, long atMillis, Changes changes) {
        AlertState right = latest;
        if (latest.raised()) {
            right = latest.cleared();
            tell(payment, right, atMillis, changes);
        }
        payment.early.removeIf(e -> takenBack(e, latest.alertId()));
        if (!payment.facts.none()) {
            payment.early.add(new EarlyAlert(right, Payment.NEVER));
        }
    }

    private static boolean takenBack(EarlyAlert early, String alertId) {
        return early.atMillis() == Payment.NEVER && early.told().alertId().equals(alertId);
    }

    private static void tell(Payment payment, AlertState state, long atMillis, Changes changes) {
        Ledger ledger = Ledger.of(payment.facts);
        Evidence evidence = new Evidence(
                payment.facts, payment.commands(), ledger.hold(), ledger.netDebit(), ledger.authorizedTotal());
        changes.alert(Lifecycle.alert(payment, state, atMillis, evidence));
    }

    /** The highest revision that was told of an alert ahead of the clock, or 0. */
    private static int toldRevision(Payment payment, String alertId) {
        AlertState latest = latestTold(payment, alertId);
        return latest == null ? 0 : latest.revision();
    }

    private static AlertState latestTold(Payment payment, String alertId) {
        AlertState latest = null;
        for (EarlyAlert e : payment.early) {
            if (e.told().alertId().equals(alertId)
                    && (latest == null || e.told().revision() > latest.revision())) {
                latest = e.told();
            }
        }
        return latest;
    }

    private static AlertState state(Alert a) {
        return new AlertState(
                a.alertId(),
                a.type(),
                a.subject(),
                a.revision(),
                a.raised(),
                a.severity(),
                a.amount(),
                a.currency(),
                a.cause(),
                a.commandId());
    }
}
