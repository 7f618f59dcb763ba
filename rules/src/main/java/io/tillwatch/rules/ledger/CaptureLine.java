package io.tillwatch.rules.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger says of one capture. Amounts are minor units.
 *
 * <p>{@code captured} is what was asked for, {@code debit} what is still debited, and the difference was reversed or
 * refunded; only the former is no longer owed by settlement.
 */
public final class CaptureLine {

    private static final long NEVER = Long.MIN_VALUE;

    private final String captureId;
    private final long occurredAtMillis;
    private final long arrivedAtMillis;
    private final boolean message;
    private final boolean last;
    private final boolean afterReversal;
    private final int cycle;

    private long captured;
    private long debit;
    private long emptiedAtMillis = NEVER;
    private final List<Undone> undone = new ArrayList<>(0);

    /** An amount that a void or reversal took from the capture, by the sender's clock. */
    private record Undone(long occurredAtMillis, long amount) {}

    CaptureLine(
            String captureId,
            long amount,
            long occurredAtMillis,
            long arrivedAtMillis,
            boolean message,
            boolean last,
            boolean afterReversal,
            int cycle) {
        this.captureId = captureId;
        this.captured = amount;
        this.debit = amount;
        this.occurredAtMillis = occurredAtMillis;
        this.arrivedAtMillis = arrivedAtMillis;
        this.message = message;
        this.last = last;
        this.afterReversal = afterReversal;
        this.cycle = cycle;
    }

    public String captureId() {
        return captureId;
    }

    public long occurredAtMillis() {
        return occurredAtMillis;
    }

    /** When the record that made it arrived: the capture message, or the approval that is itself the capture. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /** Whether a capture message made it, rather than an approval that is itself the capture. */
    public boolean message() {
        return message;
    }

    /** Whether it was made when all that had been held and debited was reversed already. */
    public boolean afterReversal() {
        return afterReversal;
    }

    /** The cycle of the payment that it belongs to; the first is 1. */
    int cycle() {
        return cycle;
    }

    /** Whether it leaves room for further captures, so that a reversal of it gives the hold back. */
    boolean leavesHold() {
        return message && !last;
    }

    public long captured() {
        return captured;
    }

    /** What is still debited. */
    public long debit() {
        return debit;
    }

    /** What voids and reversals took from it. */
    public long reversed() {
        long sum = 0;
        for (Undone u : undone) {
            sum = Math.addExact(sum, u.amount());
        }
        return sum;
    }

    /** What voids and reversals took from it at or before a time by the senders' clocks. */
    long reversedBy(long occurredAtMillis) {
        long sum = 0;
        for (Undone u : undone) {
            if (u.occurredAtMillis() <= occurredAtMillis) {
                sum = Math.addExact(sum, u.amount());
            }
        }
        return sum;
    }

    /** What settlement still owes if nothing is settled: captured less reversed. */
    public long owed() {
        return captured - reversed();
    }

    /** Whether a void or reversal brought its debit to nothing. */
    public boolean emptied() {
        return emptiedAtMillis != NEVER;
    }

    /** When that was, by the sender's clock; only if {@link #emptied()}. */
    public long emptiedAtMillis() {
        return emptiedAtMillis;
    }

    /** Takes as much of an amount as is still debited, as a void or reversal; says how much that was. */
    long undo(long amount, long occurredAtMillis) {
        long taken = Math.min(debit, amount);
        if (taken > 0) {
            debit -= taken;
            undone.add(new Undone(occurredAtMillis, taken));
            if (debit == 0) {
                emptiedAtMillis = occurredAtMillis;
            }
        }
        return taken;
    }

    /** Takes as much of an amount as is still debited, as a refund; says how much that was. */
    long refund(long amount) {
        long taken = Math.min(debit, amount);
        debit -= taken;
        return taken;
    }
}
