package io.tillwatch.traffic.truth;

import io.tillwatch.schemas.record.AlertType;
import java.util.List;
import java.util.Set;

/**
 * What is true of one payment.
 *
 * @param fault the name of what was done to it; empty if nothing was
 * @param must the alerts that must be raised
 * @param may the alerts that may follow from these by their nature, such as a remedy that fails
 * @param clears those of {@code must} that must be cleared in the end
 * @param deadLetters the codes of the records that must be set aside, each as often as it must be
 */
public record Truth(
        String paymentId,
        String fault,
        Set<AlertType> must,
        Set<AlertType> may,
        Set<AlertType> clears,
        List<String> deadLetters) {

    public Truth {
        must = Set.copyOf(must);
        may = Set.copyOf(may);
        clears = Set.copyOf(clears);
        deadLetters = List.copyOf(deadLetters);
    }

    /** Nothing is wrong with it. */
    public static Truth sound(String paymentId) {
        return new Truth(paymentId, "", Set.of(), Set.of(), Set.of(), List.of());
    }

    public boolean allows(AlertType type) {
        return must.contains(type) || may.contains(type);
    }
}
