package io.tillwatch.responder.profile;

/** What an acquirer's decline means for a command. */
public enum DeclineMeaning {
    /** Final: nothing was done, and nothing will be. */
    FAILED,
    /** Final: what the command wants is so already, by somebody else's doing. */
    NOT_NEEDED,
    /** Not now: it is tried again. Also what a code means that nobody has mapped. */
    UNKNOWN,
    /** A person must look: the acquirer says something that cannot be if all is well. */
    ESCALATED
}
