package io.tillwatch.bench.streams;

import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Finding;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Settlement;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Follows each payment of its partitions. What is awaited stands in a store ordered by time, which is looked at each minute
 * of the stream's time: a punctuator for each payment is not to be had, and one that walks over all payments would be slow.
 */
final class LivesProcessor implements Processor<String, Inbound, String, String> {

    static final String LIVES = "lives";
    static final String DEADLINES = "deadlines";

    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final long CAPTURE_WITHIN_MILLIS = Duration.ofHours(24).toMillis();
    private static final long SETTLE_WITHIN_MILLIS = Duration.ofHours(96).toMillis();
    private static final byte[] PRESENT = {};

    private final Progress progress;
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, Life> lives;
    private KeyValueStore<Deadline, byte[]> deadlines;

    LivesProcessor(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<String, String> given) {
        context = given;
        lives = context.getStateStore(LIVES);
        deadlines = context.getStateStore(DEADLINES);
        context.schedule(LOOK_EVERY, PunctuationType.STREAM_TIME, this::tellOverdue);
    }

    @Override
    public void process(Record<String, Inbound> record) {
        if (record.value().event() instanceof Authorization a && a.approvedBase()) {
            authorized(a);
        } else if (record.value().event() instanceof Capture c && c.accepted()) {
            captured(c);
        } else if (record.value().event() instanceof Settlement s && s.settled()) {
            settled(s, record.timestamp());
        }
        progress.taken();
    }

    private void authorized(Authorization a) {
        Life life = life(a.paymentId());
        lives.put(a.paymentId(), new Life(a.arrivedAtMillis(), life.capturedAtMillis(), life.capturedAmount()));
        if (life.capturedAtMillis() == 0) {
            deadlines.put(captureDeadline(a.arrivedAtMillis(), a.paymentId()), PRESENT);
        }
    }

    private void captured(Capture c) {
        Life life = life(c.paymentId());
        if (life.authorizedAtMillis() != 0) {
            deadlines.delete(captureDeadline(life.authorizedAtMillis(), c.paymentId()));
        }
        lives.put(c.paymentId(), new Life(life.authorizedAtMillis(), c.arrivedAtMillis(), c.amount()));
        deadlines.put(settlementDeadline(c.arrivedAtMillis(), c.paymentId()), PRESENT);
    }

    private void settled(Settlement s, long atMillis) {
        Life life = life(s.paymentId());
        if (life.capturedAtMillis() == 0) {
            return;
        }
        deadlines.delete(settlementDeadline(life.capturedAtMillis(), s.paymentId()));
        lives.delete(s.paymentId());
        if (life.capturedAmount() != s.amount()) {
            tell(new Finding(Detection.SETTLEMENT_AMOUNT_MISMATCH, s.paymentId()), atMillis);
        }
    }

    private Life life(String paymentId) {
        Life life = lives.get(paymentId);
        return life == null ? Life.NEW : life;
    }

    private void tellOverdue(long nowMillis) {
        Deadline first = new Deadline(0, Detection.CAPTURE_OVERDUE, "");
        Deadline last = new Deadline(nowMillis, Detection.CAPTURE_OVERDUE, "");
        try (KeyValueIterator<Deadline, byte[]> due = deadlines.range(first, last)) {
            while (due.hasNext()) {
                KeyValue<Deadline, byte[]> next = due.next();
                deadlines.delete(next.key);
                lives.delete(next.key.paymentId());
                tell(new Finding(next.key.detection(), next.key.paymentId()), nowMillis);
            }
        }
    }

    private void tell(Finding finding, long atMillis) {
        context.forward(new Record<>(finding.paymentId(), finding.toString(), atMillis));
    }

    private static Deadline captureDeadline(long authorizedAtMillis, String paymentId) {
        return new Deadline(authorizedAtMillis + CAPTURE_WITHIN_MILLIS, Detection.CAPTURE_OVERDUE, paymentId);
    }

    private static Deadline settlementDeadline(long capturedAtMillis, String paymentId) {
        return new Deadline(capturedAtMillis + SETTLE_WITHIN_MILLIS, Detection.SETTLEMENT_OVERDUE, paymentId);
    }
}
