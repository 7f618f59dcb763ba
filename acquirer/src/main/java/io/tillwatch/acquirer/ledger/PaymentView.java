package io.tillwatch.acquirer.ledger;

/**
 * The answer to an inquiry.
 *
 * @param authorization null if there is no such attempt
 * @param capture null if none was asked for, or it is not known
 * @param effect of the key that was asked for; null if there is none or it is forgotten
 */
public record PaymentView(
        String paymentId,
        String currency,
        AuthorizationView authorization,
        long held,
        long netDebit,
        long settled,
        CaptureView capture,
        EffectView effect) {

    /** An attempt, together with the increments that were added to it. */
    public record AuthorizationView(Authorization.Status status, long amount) {}

    /** A capture and what became of it. */
    public record CaptureView(
            String captureId,
            long amount,
            long reversed,
            long refunded,
            long settled,
            long adjusted,
            Capture.Status status) {}

    /** What an instruction did. */
    public record EffectView(String key, Action action, long amount, String reference, long at) {

        /** Of an effect, what is told about it. */
        public static EffectView of(Effect effect) {
            return new EffectView(effect.key(), effect.action(), effect.amount(), effect.reference(), effect.at());
        }
    }
}
