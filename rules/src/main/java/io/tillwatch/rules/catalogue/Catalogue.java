package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.policy.Policy;
import java.util.Collection;
import java.util.List;

/** Says what is wrong with a payment: a pure and total function of what is known of it, its policy and the clock. */
public final class Catalogue {

    private final ResponseCodes codes;

    public Catalogue(ResponseCodes codes) {
        this.codes = codes;
    }

    /**
     * Takes every rule of the catalogue.
     *
     * @param clockMillis the detector's clock: deadlines up to and including it are reached
     * @param commands the commands made for the payment so far
     */
    public Assessment assess(
            String paymentId, Facts facts, Policy policy, long clockMillis, Collection<Command> commands) {
        Deadlines clock = new Deadlines(clockMillis);
        Case c = new Case(paymentId, facts, policy, clock, codes, commands);
        AuthorizationRules.authorizationUnanswered(c);
        CaptureRules.captureFailed(c); // before CAPTURE_OVERDUE, which it replaces
        AuthorizationRules.captureOverdue(c);
        AuthorizationRules.preauthExpired(c);
        if (!c.ledger.captures().isEmpty()) {
            SettlementRules.settlementOverdue(c);
            SettlementRules.settlementFailed(c);
            SettlementRules.settlementAmountMismatch(c);
            SettlementRules.duplicateSettlement(c);
            CaptureRules.duplicateCapture(c);
            CaptureRules.captureExceedsAuthorization(c);
            CaptureRules.captureWithoutApproval(c);
            CaptureRules.captureOnAutomatic(c);
            CaptureRules.captureAfterReversal(c);
            SettlementRules.settledAfterReversal(c);
        }
        RecordRules.currencyMismatch(c);
        RecordRules.amountConflict(c);
        SettlementRules.settlementWithoutCapture(c);
        RecordRules.overReturned(c);
        AuthorizationRules.duplicateAuthorization(c);
        CommandRules.commandUnanswered(c);
        CommandRules.remedyFailed(c); // last: it asks which alerts hold
        List<Anomaly> anomalies = c.anomalies();
        if (anomalies.size() > 1) {
            anomalies.sort(Anomaly.ORDER);
        }
        return new Assessment(anomalies, clock.next(), c.ledger);
    }
}
