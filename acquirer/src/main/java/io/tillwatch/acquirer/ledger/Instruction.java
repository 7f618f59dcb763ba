package io.tillwatch.acquirer.ledger;

/**
 * What the acquirer is told to do.
 *
 * @param key the idempotency key
 * @param captureId null for the attempt or the payment as a whole
 * @param amount minor units, above 0; for ADJUST signed and not 0
 */
public record Instruction(
        String acquirerId,
        String key,
        Action action,
        String paymentId,
        String captureId,
        long amount,
        String currency,
        String stan,
        String rrn) {

    AttemptName attempt() {
        return new AttemptName(stan, rrn);
    }

    /** What makes a second use of the key a repeat rather than a mistake. */
    public String content() {
        return String.join(
                "\n",
                action.name(),
                paymentId,
                String.valueOf(captureId),
                Long.toString(amount),
                currency,
                String.valueOf(stan),
                String.valueOf(rrn));
    }
}
