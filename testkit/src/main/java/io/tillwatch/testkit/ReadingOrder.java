package io.tillwatch.testkit;

import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Orders in which a reader of the feeds may see what arrived, each event with the clock that the reader has when it sees
 * it.
 *
 * <p>Each feed is kept in partitions by payment, and a partition is read in the order of arrival; the partitions are read
 * side by side, some far ahead of others. The clock is where the slowest of them stands: it has reached t when every
 * partition has been read past t. A partition that was read to its end does not hold it, since pulses go on there.
 *
 * <p>Suspicions are read like the feeds, so that none is late. A reader whose suspicions do not hold the clock may see
 * them later than they arrived; then they count from when it sees them.
 */
public final class ReadingOrder {

    /** The clock of a reader that has not read all partitions yet. */
    public static final long NOTHING_READ = Long.MIN_VALUE;

    private ReadingOrder() {}

    /**
     * An event as it is read.
     *
     * @param clockMillis every event that arrived by then was read before
     */
    public record Read(PaymentEvent event, long clockMillis) {}

    /** Reads everything as it arrives. */
    public static List<Read> inOrder(List<? extends PaymentEvent> events) {
        List<PaymentEvent> sorted = new ArrayList<>(events);
        sorted.sort(Lives.BY_ARRIVAL);
        List<Read> reads = new ArrayList<>(sorted.size());
        for (PaymentEvent event : sorted) {
            reads.add(new Read(event, event.arrivedAtMillis() - 1));
        }
        return reads;
    }

    /** Reads everything while the clock stands at the beginning of time, as at the start over a backlog. */
    public static List<Read> backlog(List<? extends PaymentEvent> events) {
        List<PaymentEvent> sorted = new ArrayList<>(events);
        sorted.sort(Lives.BY_ARRIVAL);
        List<Read> reads = new ArrayList<>(sorted.size());
        for (PaymentEvent event : sorted) {
            reads.add(new Read(event, NOTHING_READ));
        }
        return reads;
    }

    /** Reads the partitions side by side, in bursts, at random. */
    public static List<Read> atRandom(List<? extends PaymentEvent> events, int partitionsOfAFeed, Random random) {
        List<Partition> partitions = partitions(events, partitionsOfAFeed);
        List<Read> reads = new ArrayList<>(events.size());
        int left = events.size();
        while (left > 0) {
            Partition partition = partitions.get(random.nextInt(partitions.size()));
            int burst = 1 + (int) Math.min(1_000, Math.abs(random.nextGaussian() * random.nextInt(30)));
            for (int i = 0; i < burst && !partition.done(); i++) {
                long clock = clock(partitions);
                reads.add(new Read(partition.next(), clock));
                left--;
            }
        }
        return reads;
    }

    private static List<Partition> partitions(List<? extends PaymentEvent> events, int partitionsOfAFeed) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < Feed.values().length * partitionsOfAFeed; i++) {
            partitions.add(new Partition());
        }
        for (PaymentEvent event : events) {
            int partition = Math.floorMod(event.paymentId().hashCode(), partitionsOfAFeed);
            partitions
                    .get(event.feed().ordinal() * partitionsOfAFeed + partition)
                    .events
                    .add(event);
        }
        partitions.removeIf(p -> p.events.isEmpty());
        partitions.forEach(p -> p.events.sort(Lives.BY_ARRIVAL));
        return partitions;
    }

    private static long clock(List<Partition> partitions) {
        long clock = Long.MAX_VALUE;
        for (Partition partition : partitions) {
            if (!partition.done()) {
                clock = Math.min(clock, partition.readPast());
            }
        }
        return clock;
    }

    private static final class Partition {
        private final List<PaymentEvent> events = new ArrayList<>();
        private int read;

        boolean done() {
            return read == events.size();
        }

        PaymentEvent next() {
            return events.get(read++);
        }

        /** The last time that it was read past: further records may have arrived with the last one that was read. */
        long readPast() {
            return read == 0 ? NOTHING_READ : events.get(read - 1).arrivedAtMillis() - 1;
        }
    }
}
