package io.tillwatch.responder.acquirer;

import io.tillwatch.schemas.record.Action;
import java.util.Map;

/**
 * What the acquirer is asked to do.
 *
 * @param commandId the idempotency key
 * @param amount minor units of currency; signed for ADJUST
 * @param attempt 1 for the first time, counted up with each repeat
 * @param identifiers what the first attempt called itself, by {@link Acquirer#identify}; the same with each repeat
 */
public record Instruction(
        String commandId,
        Action action,
        long amount,
        String currency,
        Target target,
        int attempt,
        Map<String, String> identifiers) {}
