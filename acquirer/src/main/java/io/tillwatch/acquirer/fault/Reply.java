package io.tillwatch.acquirer.fault;

import io.tillwatch.acquirer.ledger.DeclineCode;

/**
 * How a protocol answers one request, well or badly. One of the methods is called, once.
 *
 * @param <A> the answer
 */
public interface Reply<A> {

    /** As it should. */
    void answer(A answer);

    /** Not at all; the connection stays open for as long as the client likes. */
    void nothing();

    /** Half of it, and the connection ends. */
    void half(A answer);

    /** Nonsense, in the place of the answer. */
    void garbage(long bits);

    /** The acquirer has failed. */
    void serverError();

    /** With the answer to another request, or not at all if there was none yet. */
    void another(A own, boolean otherwiseMatching);

    /** Declined without a look. */
    void declined(DeclineCode code);
}
