package io.tillwatch.rules.fact;

/**
 * Money moved, or refused to move, for one capture. Amount and currency are the purchase's, not those of the payout.
 *
 * @param fee minor units; may be negative (a rebate)
 * @param batchId the clearing batch, or null
 */
public record Settlement(Common common, String settlementId, String captureId, Status status, long fee, String batchId)
        implements FeedRecord {

    /** What became of it. */
    public enum Status {
        SETTLED,
        REJECTED
    }

    @Override
    public Feed feed() {
        return Feed.SETTLEMENTS;
    }

    public boolean settled() {
        return status == Status.SETTLED;
    }
}
