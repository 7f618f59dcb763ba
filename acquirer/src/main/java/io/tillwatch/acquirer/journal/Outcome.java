package io.tillwatch.acquirer.journal;

import io.tillwatch.acquirer.ledger.DeclineCode;
import io.tillwatch.acquirer.ledger.Effect;

/** What became of an instruction; it is on disk. */
public sealed interface Outcome {

    /**
     * It is done.
     *
     * @param before it was done before, under this key
     */
    record Done(Effect effect, boolean before) implements Outcome {}

    /** It was declined, and nothing was done. */
    record Declined(DeclineCode code) implements Outcome {}
}
