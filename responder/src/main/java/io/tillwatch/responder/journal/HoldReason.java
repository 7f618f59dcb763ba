package io.tillwatch.responder.journal;

/** What a held command waits for. */
public enum HoldReason {
    /** A person, or two. */
    APPROVAL,
    /** A switch to be opened. */
    SWITCH,
    /** Room in a budget. */
    BUDGET
}
