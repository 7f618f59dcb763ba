package io.tillwatch.rules.policy;

/** Whether commands of an action are made at all, and whether each waits for a person. */
public enum Mode {
    AUTOMATIC,
    APPROVAL,
    OFF
}
