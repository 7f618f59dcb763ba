package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.ledger.Ledger;
import java.util.List;

/**
 * What is wrong with a payment at a moment.
 *
 * @param anomalies in the order of the catalogue, then by subject
 * @param nextDeadlineMillis when it must be assessed again if nothing arrives; {@link Long#MAX_VALUE} for never
 */
public record Assessment(List<Anomaly> anomalies, long nextDeadlineMillis, Ledger ledger) {

    /** Whether an anomaly of this identity holds. */
    public boolean holds(String alertId) {
        for (Anomaly a : anomalies) {
            if (a.alertId().equals(alertId)) {
                return true;
            }
        }
        return false;
    }
}
