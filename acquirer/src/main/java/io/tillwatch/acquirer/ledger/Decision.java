package io.tillwatch.acquirer.ledger;

/** What becomes of an instruction. */
public sealed interface Decision {

    /** It is to be done: the effect is in the books once its entry is applied. */
    record Perform(Effect effect) implements Decision {}

    /** It was done before, under this key. */
    record Repeat(Effect effect) implements Decision {}

    /**
     * It is declined.
     *
     * @param bind whether the key is to be bound to this answer, so that a straggler of the same instruction cannot be
     *     done after all
     */
    record Decline(DeclineCode code, boolean bind) implements Decision {}
}
