package io.tillwatch.bench.workload;

/** What every contender looks for; named as the alert. */
public enum Detection {
    /** Authorized, and not captured within a day. */
    CAPTURE_OVERDUE,
    /** Captured, and not settled within four days. */
    SETTLEMENT_OVERDUE,
    /** Settled with another amount than was captured. */
    SETTLEMENT_AMOUNT_MISMATCH,
    /** The same card paid the same amount to the same merchant within five minutes. */
    DUPLICATE_AUTHORIZATION
}
