package io.tillwatch.pulse;

import java.time.Clock;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one pulse to each partition, unless the last one there is still under way. So at most one pulse a partition is
 * ever underway, and a Kafka that comes back after an hour gets one, not seven thousand.
 */
final class PulseRounds {

    static final String HEADER = "pulse";

    private static final Logger LOG = LoggerFactory.getLogger(PulseRounds.class);
    private static final long NEVER = Long.MIN_VALUE;

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Set<TopicPartition> underway = ConcurrentHashMap.newKeySet();
    private final LongAdder written = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final AtomicLong lastWrittenMillis = new AtomicLong(NEVER);
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean ended;

    PulseRounds(Producer<byte[], byte[]> producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** What fails from now on was not meant to go on: nobody need be told. */
    void end() {
        ended = true;
    }

    void pulse(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (underway.add(partition)) {
                send(partition);
            } else {
                skipped.increment();
            }
        }
    }

    PulseCounts counts(int partitions) {
        long last = lastWrittenMillis.get();
        return new PulseCounts(
                partitions,
                written.sum(),
                failed.sum(),
                skipped.sum(),
                last == NEVER ? OptionalLong.empty() : OptionalLong.of(last));
    }

    private void send(TopicPartition partition) {
        ProducerRecord<byte[], byte[]> pulse = new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                // The broker puts its own time in its place: feeds have LogAppendTime.
                clock.millis(),
                null,
                null,
                Set.<Header>of(new RecordHeader(HEADER, new byte[0])));
        try {
            Future<?> unused = producer.send(pulse, (metadata, problem) -> ended(partition, problem));
        } catch (RuntimeException problem) {
            ended(partition, problem);
        }
    }

    /** Told of some failures both by the callback and by an exception: the first counts. */
    private void ended(TopicPartition partition, Exception problem) {
        if (!underway.remove(partition)) {
            return;
        }
        if (problem == null) {
            written.increment();
            lastWrittenMillis.accumulateAndGet(clock.millis(), Math::max);
            if (failing.compareAndSet(true, false)) {
                LOG.info("pulses are written again");
            }
        } else {
            failed.increment();
            if (failing.compareAndSet(false, true) && !ended) {
                LOG.warn(
                        "pulses fail, so the detectors' clock stands still; first on {}: {}",
                        partition,
                        problem.toString());
            }
        }
    }
}
