package io.tillwatch.traffic.acquirer;

import io.tillwatch.schemas.record.Action;

/**
 * What an instruction did at the acquirer.
 *
 * @param seq counted from 1 over all acquirers
 * @param captureId the capture that it is about, or that was made; null for the payment as a whole
 * @param key the idempotency key of the instruction
 * @param amount minor units; signed for an adjustment
 */
public record Effect(
        long seq,
        String acquirerId,
        String paymentId,
        String captureId,
        String key,
        Action action,
        long amount,
        String currency) {}
