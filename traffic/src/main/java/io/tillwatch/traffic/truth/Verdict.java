package io.tillwatch.traffic.truth;

import io.tillwatch.schemas.record.AlertType;
import java.util.List;
import java.util.Map;

/**
 * What was found, held against what was done.
 *
 * @param payments how many lives were begun
 * @param unjudged of how many nothing can be said, since the machine stalled in the middle of them
 * @param faults how many payments have each fault, by its name
 * @param injected how many alerts of each type had to be raised
 * @param raised how many alerts of each type were raised
 * @param deadLetters how many records were set aside, by code
 * @param matched how many alerts and dead letters that had to come did
 * @param missed what had to come and did not
 * @param spurious what came without a cause
 */
public record Verdict(
        long payments,
        long unjudged,
        Map<String, Long> faults,
        Map<AlertType, Long> injected,
        Map<AlertType, Long> raised,
        Map<String, Long> deadLetters,
        long matched,
        List<Finding> missed,
        List<Finding> spurious) {

    /** Whether all was found, and nothing else. */
    public boolean good() {
        return missed.isEmpty() && spurious.isEmpty();
    }
}
