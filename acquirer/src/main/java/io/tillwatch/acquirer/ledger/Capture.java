package io.tillwatch.acquirer.ledger;

/** A capture and what became of it. Changed by its payment only. */
public final class Capture {

    /** What became of it: of several, the last in this order. */
    public enum Status {
        ACCEPTED,
        REJECTED,
        REVERSED,
        SETTLED
    }

    final int index;
    final String captureId;
    /** Of the authorization that it used up; -1 if there was none. */
    final int authorization;

    final boolean last;
    long amount;
    /** What it took from the hold; given back when a capture that is not the last is undone. */
    long fromHold;

    long reversed;
    long refunded;
    long settled;
    /** Settled, and the record of it is still to come. */
    long settledAhead;

    long adjusted;
    boolean rejected;
    /** Presented for settlement again, and not rejected since. */
    boolean presentedAgain;

    Capture(int index, String captureId, int authorization, boolean last, long amount) {
        this.index = index;
        this.captureId = captureId;
        this.authorization = authorization;
        this.last = last;
        this.amount = amount;
    }

    /** What is still debited of it. */
    long left() {
        return Math.max(0, Math.subtractExact(Math.subtractExact(amount, reversed), refunded));
    }

    boolean isUndone() {
        return amount > 0 && reversed >= amount;
    }

    Status status() {
        if (settled > 0) {
            return Status.SETTLED;
        }
        if (isUndone()) {
            return Status.REVERSED;
        }
        return rejected ? Status.REJECTED : Status.ACCEPTED;
    }
}
