package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.alert.AlertType;
import java.util.Comparator;

/**
 * Something that is wrong with a payment now.
 *
 * @param subject what of the payment it is about, or null: the payment
 * @param amount money at risk in minor units (signed where it repeats an ADJUST), or null
 * @param remedy what would put it right, or null
 */
public record Anomaly(
        String alertId, AlertType type, String subject, AlertType.Severity severity, Long amount, Remedy remedy) {

    static final Comparator<Anomaly> ORDER = Comparator.comparing(Anomaly::type)
            .thenComparing(Anomaly::subject, Comparator.nullsFirst(Comparator.naturalOrder()));
}
