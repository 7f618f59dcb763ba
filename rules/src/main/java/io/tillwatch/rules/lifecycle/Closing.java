package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.catalogue.Assessment;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.ledger.CaptureLine;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.policy.Policy;
import java.util.List;

/** When nothing is left to wait for. */
final class Closing {

    private Closing() {}

    /**
     * A payment is closed when no anomaly holds and no command is open, and either nothing was approved or captured, or
     * nothing is held and every capture is undone or settled.
     */
    static boolean closed(Payment payment, Assessment now, Policy policy) {
        if (!now.anomalies().isEmpty()) {
            return false;
        }
        Ledger ledger = now.ledger();
        for (Command command : payment.commands.values()) {
            if (ledger.records().outcome(command.commandId()) == null) {
                return false;
            }
        }
        if (!ledger.moved()) {
            return true;
        }
        if (ledger.hold() != 0) {
            return false;
        }
        for (CaptureLine line : ledger.captures()) {
            if (line.debit() != 0 && !settled(ledger, line, policy)) {
                return false;
            }
        }
        return true;
    }

    private static boolean settled(Ledger ledger, CaptureLine line, Policy policy) {
        List<Settlement> settled = ledger.settled(line.captureId());
        return Math.abs(ledger.expected(line, settled) - Ledger.sum(settled)) <= policy.settlementTolerance();
    }
}
