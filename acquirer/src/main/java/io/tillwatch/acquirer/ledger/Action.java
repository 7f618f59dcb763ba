package io.tillwatch.acquirer.ledger;

/** What an instruction asks for. */
public enum Action {
    REVERSE,
    REFUND,
    ADJUST,
    RETRY_CAPTURE,
    RETRY_SETTLEMENT
}
