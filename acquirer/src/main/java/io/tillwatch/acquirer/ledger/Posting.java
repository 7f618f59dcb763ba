package io.tillwatch.acquirer.ledger;

/**
 * One change to the books. Authorizations and captures are named by their place in the payment's list, which only grows.
 *
 * @param index of the authorization (RELEASE) or the capture; for CAPTURE the authorization, or -1
 * @param amount minor units; signed for ADJUST
 */
public record Posting(Type type, int index, long amount) {

    /** What changes. */
    public enum Type {
        /** Less is held. */
        RELEASE,
        /** A capture is undone, as part of undoing the authorization or the payment. */
        UNDO,
        /** A capture is undone by its id; the authorization stands. */
        UNDO_CAPTURE,
        REFUND,
        ADJUST,
        /** A new capture. */
        CAPTURE,
        /** A capture goes to settlement once more. */
        PRESENT
    }
}
