package io.tillwatch.rules.fact;

/**
 * A void, reversal or refund made by anyone: the terminal, the merchant's back office or the responder.
 *
 * @param captureId the capture that it undoes, or null: the authorization or the payment as a whole
 * @param commandId our command that it answers, or null
 * @param cardToken the card's token, or null
 * @param originalAmount minor units: the amount of the authorization that it undoes, or null
 */
public record Reversal(
        Common common,
        String reversalId,
        Kind kind,
        Status status,
        String captureId,
        String commandId,
        String cardToken,
        Long originalAmount)
        implements FeedRecord {

    /** What it is. */
    public enum Kind {
        VOID,
        REVERSAL,
        REFUND
    }

    /** What became of it. */
    public enum Status {
        DONE,
        FAILED
    }

    @Override
    public Feed feed() {
        return Feed.REVERSALS;
    }

    public boolean done() {
        return status == Status.DONE;
    }
}
