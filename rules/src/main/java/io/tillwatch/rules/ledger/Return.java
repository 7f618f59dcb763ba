package io.tillwatch.rules.ledger;

/**
 * Money given back: a void or reversal (which undoes) or a refund (which pays back), done by anyone.
 *
 * @param amount minor units
 * @param captureId the capture that it is about, or null: the authorization or the payment as a whole
 * @param commandId our command that it answers, or null
 * @param refund whether it pays back rather than undoes
 * @param leftOut whether it undid an earlier attempt than the one that stands, so that the ledger does not know it
 */
public record Return(
        String eventId,
        long occurredAtMillis,
        long arrivedAtMillis,
        long amount,
        String captureId,
        String commandId,
        boolean refund,
        boolean leftOut) {}
