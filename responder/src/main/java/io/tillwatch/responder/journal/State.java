package io.tillwatch.responder.journal;

/** How far a command got. The names are those in the database. */
public enum State {
    /** Taken in, nothing done yet. */
    RECEIVED,
    /** Waits for what {@link HoldReason} says. */
    HELD,
    /** Its holder asks the acquirer. */
    INQUIRING,
    /** An intent is committed; whether it was sent is not known until the next state is. */
    SENDING,
    /** No answer, or none that can be relied on; the acquirer is asked again later. */
    UNKNOWN,
    DONE,
    NOT_NEEDED,
    FAILED,
    ESCALATED;

    /** Whether nothing follows. */
    public boolean isEnd() {
        return switch (this) {
            case RECEIVED, HELD, INQUIRING, SENDING, UNKNOWN -> false;
            case DONE, NOT_NEEDED, FAILED, ESCALATED -> true;
        };
    }
}
