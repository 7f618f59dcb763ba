package io.tillwatch.cli.live;

import io.tillwatch.cli.live.Life.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/** Writes lives into the feeds as time goes by, and keeps what is true of each. */
public final class Traffic {

    private static final Fault[] FAULTS = Fault.values();

    private final FeedProducer producer;
    private final Lives lives;
    private final Random random;
    private final double faultShare;
    private final Predicate<Fault> kept;
    private final Map<String, Fault> truth = new ConcurrentHashMap<>();
    private final Map<String, Long> lastAppendedMillis = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean enough;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));

    /** A record to be written; its payment is null if nothing is kept of it. */
    private record Due(long atNanos, String paymentId, Life.Written written) {}

    /** @param faultShare of the payments have a fault, 0 to 1 */
    Traffic(FeedProducer producer, Lives lives, long seed, double faultShare) {
        this(producer, lives, seed, faultShare, fault -> true);
    }

    /**
     * Traffic of which not all is kept in mind, so that much of it takes little memory.
     *
     * @param faultShare of the payments have a fault, 0 to 1
     * @param kept of which faults the truth is kept
     */
    public Traffic(FeedProducer producer, Lives lives, long seed, double faultShare, Predicate<Fault> kept) {
        this.kept = kept;
        this.producer = producer;
        this.lives = lives;
        this.random = new Random(seed);
        this.faultShare = faultShare;
    }

    /** Begins payments at a steady rate for a while, then finishes those that were begun. */
    public void run(double paymentsPerSecond, Duration lasting) {
        long start = System.nanoTime();
        long gap = (long) (TimeUnit.SECONDS.toNanos(1) / paymentsPerSecond);
        long end = start + lasting.toNanos();
        for (long next = start; next < end && !enough; next += gap) {
            begin(next);
            writeUntil(next + gap);
        }
        writeUntil(Long.MAX_VALUE);
        producer.flush();
    }

    /** Begins no more payments; those that were begun are finished. May be called from any thread. */
    void enough() {
        enough = true;
    }

    private void begin(long atNanos) {
        Fault fault = random.nextDouble() < faultShare ? FAULTS[1 + random.nextInt(FAULTS.length - 1)] : Fault.NONE;
        Life life = lives.next(fault);
        if (fault == Fault.CHARGED_TWICE) {
            plan(lives.firstCharge(life), Fault.NONE, atNanos);
        }
        plan(life, fault, atNanos);
    }

    private void plan(Life life, Fault fault, long atNanos) {
        boolean keep = kept.test(fault);
        if (keep) {
            truth.put(life.paymentId(), fault);
        }
        for (Planned planned : life.planned()) {
            long at = atNanos + TimeUnit.MILLISECONDS.toNanos(planned.afterMillis());
            due.add(new Due(at, keep ? life.paymentId() : null, planned.written()));
        }
    }

    private void writeUntil(long nanos) {
        while (!due.isEmpty() && due.peek().atNanos() <= nanos) {
            long wait = due.peek().atNanos() - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                Due now = due.remove();
                write(now.paymentId(), now.written().at(Instant.now()));
            }
        }
    }

    private void write(String paymentId, SpecificRecordBase record) {
        producer.write(record, (metadata, error) -> {
            if (error == null) {
                written.incrementAndGet();
                if (paymentId != null) {
                    lastAppendedMillis.merge(paymentId, metadata.timestamp(), Math::max);
                }
            } else {
                failed.incrementAndGet();
            }
        });
    }

    /** What is wrong with each payment begun so far, of those that are kept. */
    public Map<String, Fault> truth() {
        return truth;
    }

    /** When the last record of a payment was appended, by the broker's clock. */
    public Map<String, Long> lastAppendedMillis() {
        return lastAppendedMillis;
    }

    public long written() {
        return written.get();
    }

    public long failed() {
        return failed.get();
    }
}
