package io.tillwatch.bench.workload;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Made-up card sales: approved, captured within two hours, settled in a file that each acquirer sends once a day. 1 % are
 * never captured, 1 % never settled, 0.5 % repeat the sale before, 0.2 % are settled with a wrong amount. For one use.
 */
final class Payments {

    private static final int MERCHANTS = 2_000;
    private static final int TERMINALS = 4;
    private static final int CARDS = 400_000;

    private static final double NEVER_CAPTURED = 0.01;
    private static final double NEVER_SETTLED = 0.01;
    private static final double REPEATED = 0.005;
    private static final double WRONG_AMOUNT = 0.002;

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long CAPTURED_WITHIN_MILLIS = Duration.ofHours(2).toMillis();
    private static final long REPEATED_WITHIN_MILLIS = Duration.ofMinutes(2).toMillis();

    /** What was captured until then is in the day's file. */
    private static final long CUT_OFF_MILLIS = Duration.ofHours(20).toMillis();

    /** From the cut-off to the first acquirer's file, and from one acquirer's to the next one's. */
    private static final long FILE_AFTER_MILLIS = Duration.ofHours(2).toMillis();

    private static final long FILES_APART_MILLIS = Duration.ofMinutes(20).toMillis();
    private static final int FILE_TAKES_MILLIS = (int) Duration.ofMinutes(10).toMillis();

    private final Plan plan;
    private final Random random;
    private final PriorityQueue<Due> captures = new PriorityQueue<>();
    private final PriorityQueue<Due> settlements = new PriorityQueue<>();
    private final Set<Finding> truth = new HashSet<>();
    private Sale last;

    Payments(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
    }

    private record Due(long atMillis, Sale sale) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Integer.compare(sale.number(), other.sale.number());
        }
    }

    /** Writes all records and tells the truth about them. */
    Truth write(RecordSink sink) throws IOException {
        for (int number = 0; number < plan.payments(); number++) {
            Sale sale = next(number);
            plan(sale);
            writeDue(sale.atMillis(), sink);
            sink.write(SaleRecords.authorization(sale), sale.atMillis());
        }
        writeDue(Long.MAX_VALUE, sink);
        return new Truth(truth);
    }

    /** The next sale in time, or one that repeats the last. */
    private Sale next(int number) {
        long at = Plan.FIRST_MILLIS + plan.spanMillis() * number / plan.payments();
        if (last != null && random.nextDouble() < REPEATED) {
            truth.add(new Finding(Detection.DUPLICATE_AUTHORIZATION, "p-" + number));
            long again = Math.min(at, last.atMillis() + REPEATED_WITHIN_MILLIS);
            last = new Sale(
                    number,
                    Math.max(again, last.atMillis() + 1),
                    last.merchant(),
                    last.terminal(),
                    last.card(),
                    last.amount(),
                    last.rrn());
            return last;
        }
        int merchant = random.nextInt(MERCHANTS);
        long amount = 100 + (long) (Math.exp(random.nextGaussian()) * 2_500);
        last = new Sale(
                number,
                last == null ? at : Math.max(at, last.atMillis()),
                merchant,
                random.nextInt(TERMINALS),
                random.nextInt(CARDS),
                amount,
                String.format("%012d", number));
        return last;
    }

    private void plan(Sale sale) {
        double fate = random.nextDouble();
        long captureAt = sale.atMillis() + 1_000 + (long) (random.nextDouble() * CAPTURED_WITHIN_MILLIS);
        if (fate < NEVER_CAPTURED) {
            truth.add(new Finding(Detection.CAPTURE_OVERDUE, sale.paymentId()));
            return;
        }
        captures.add(new Due(captureAt, sale));
        if (fate < NEVER_CAPTURED + NEVER_SETTLED) {
            truth.add(new Finding(Detection.SETTLEMENT_OVERDUE, sale.paymentId()));
        } else {
            settlements.add(new Due(inFile(captureAt, sale), sale));
        }
    }

    /** When the acquirer's next file after the capture brings its settlement. */
    private static long inFile(long captureAtMillis, Sale sale) {
        long midnight = captureAtMillis - Math.floorMod(captureAtMillis, DAY_MILLIS);
        long cutOff = midnight + CUT_OFF_MILLIS;
        if (captureAtMillis > cutOff) {
            cutOff += DAY_MILLIS;
        }
        return cutOff + FILE_AFTER_MILLIS + sale.acquirer() * FILES_APART_MILLIS + sale.number() % FILE_TAKES_MILLIS;
    }

    private void writeDue(long untilMillis, RecordSink sink) throws IOException {
        while (true) {
            long captureAt = dueAt(captures);
            long settleAt = dueAt(settlements);
            if (Math.min(captureAt, settleAt) >= untilMillis) {
                return;
            }
            if (captureAt <= settleAt) {
                sink.write(SaleRecords.capture(captures.remove().sale(), captureAt), captureAt);
            } else {
                settle(settlements.remove().sale(), settleAt, sink);
            }
        }
    }

    private static long dueAt(PriorityQueue<Due> queue) {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.element().atMillis();
    }

    private void settle(Sale sale, long atMillis, RecordSink sink) throws IOException {
        long amount = sale.amount();
        if (random.nextDouble() < WRONG_AMOUNT) {
            amount += 1 + random.nextInt(99);
            truth.add(new Finding(Detection.SETTLEMENT_AMOUNT_MISMATCH, sale.paymentId()));
        }
        sink.write(SaleRecords.settlement(sale, atMillis, amount), atMillis);
    }
}
