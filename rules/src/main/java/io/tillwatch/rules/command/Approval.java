package io.tillwatch.rules.command;

/** Who must allow a command. */
public enum Approval {
    AUTOMATIC,
    /** Waits for a person. */
    REQUIRED
}
