package io.tillwatch.acquirer.ledger;

/** What the books are made of, in order. Applying the same entries to empty books gives the same books. */
public sealed interface Entry {

    /** Something happened. */
    record Happened(Event event) implements Entry {}

    /** An instruction had its effect. */
    record Done(Effect effect) implements Entry {}

    /** An instruction was declined for good, and its key is bound to that. */
    record Bound(String acquirerId, String key, String content, DeclineCode code, long at) implements Entry {}

    /** The program was started on these books. */
    record Started(long at) implements Entry {}
}
