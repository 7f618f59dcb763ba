package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.HoldReason;
import io.tillwatch.responder.journal.State;
import java.time.Instant;
import java.util.Optional;

/**
 * Which commands are wanted; what is empty does not matter.
 *
 * @param open true: those that have not ended; false: those that have
 * @param alertType as in the alertId, for example SETTLEMENT_OVERDUE
 * @param awaitsApproval those that a person must still approve, and can
 */
public record CommandFilter(
        Optional<State> state,
        Optional<Boolean> open,
        Optional<HoldReason> holdReason,
        boolean awaitsApproval,
        Optional<String> commandId,
        Optional<String> acquirerId,
        Optional<String> merchantId,
        Optional<String> paymentId,
        Optional<String> alertType,
        Optional<Instant> receivedFrom,
        Optional<Instant> receivedBefore) {}
