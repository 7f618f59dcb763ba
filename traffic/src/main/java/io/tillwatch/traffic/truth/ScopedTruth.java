package io.tillwatch.traffic.truth;

import io.tillwatch.schemas.record.AlertType;

/**
 * An alert that is not about one payment and must be raised.
 *
 * @param clears whether it must be cleared in the end
 */
public record ScopedTruth(String alertId, AlertType type, boolean clears) {}
