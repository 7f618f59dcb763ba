package io.tillwatch.acquirer.fault;

import io.tillwatch.acquirer.ledger.DeclineCode;

/**
 * The fault that strikes one request.
 *
 * @param before where a fault can strike before or after the effect, or be the request's or the answer's: the former
 * @param bits further chance, for what garbage looks like
 */
public record Strike(Fault fault, boolean before, long delayMillis, DeclineCode declineCode, long bits) {}
