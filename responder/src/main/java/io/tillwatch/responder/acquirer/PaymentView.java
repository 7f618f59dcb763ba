package io.tillwatch.responder.acquirer;

/**
 * What an acquirer knows of a payment. Amounts in minor units of currency.
 *
 * @param authorization of the attempt that was asked for; null if there is none
 * @param held what is still held
 * @param netDebit captured less reversed less refunded, over all captures
 * @param settled over all captures
 * @param capture the one that was asked for; null if it is not known or none was asked for
 * @param effect of the command that was asked for; null if it had none
 */
public record PaymentView(
        String currency,
        AuthorizationView authorization,
        long held,
        long netDebit,
        long settled,
        CaptureView capture,
        EffectView effect) {

    /**
     * No amount of a payment is larger, in minor units: a command's may not be either. It also keeps a card number from
     * passing for an amount, for the least of a scheme has 13 digits and begins with 3.
     */
    public static final long AMOUNT_MAX = 1_000_000_000_000L;

    /** Whether it can be an amount of a payment, of either sign. */
    public static boolean isAmount(long amount) {
        return amount >= -AMOUNT_MAX && amount <= AMOUNT_MAX;
    }

    /** An attempt at authorization. */
    public record AuthorizationView(AuthorizationStatus status, long amount) {}

    /** What became of the attempt. */
    public enum AuthorizationStatus {
        APPROVED,
        DECLINED,
        REVERSED
    }

    /** One capture and what became of it. */
    public record CaptureView(
            String captureId,
            long amount,
            long reversed,
            long refunded,
            long settled,
            long adjusted,
            CaptureStatus status) {}

    /** What became of the capture. */
    public enum CaptureStatus {
        ACCEPTED,
        SETTLED,
        REJECTED,
        REVERSED
    }

    /**
     * What an instruction did.
     *
     * @param reference the acquirer's, or null: see {@link Reference}
     */
    public record EffectView(long amount, String reference) {
        public EffectView {
            reference = Reference.kept(reference);
        }
    }
}
