package io.tillwatch.acquirer.ledger;

/** Why an instruction was declined; nothing was done then. */
public enum DeclineCode {
    ALREADY_SETTLED,
    ALREADY_REVERSED,
    NOT_FOUND,
    NOT_CAPTURED,
    ALREADY_CAPTURED,
    AMOUNT_TOO_HIGH,
    CURRENCY,
    KEY_REUSED,
    TRY_LATER
}
