package io.tillwatch.cli.growth;

import io.tillwatch.cli.live.FeedProducer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Callback;

/** Writes the phases of a cell into the feeds. */
final class Writing {

    /** For what shows by itself when it is not there. */
    static final Callback UNCHECKED = (metadata, error) -> {};

    private static final int TELL_EVERY = 1_000_000;

    /** By which the payments that end are spread over all that are open: no cache knows beforehand which is next. */
    private static final double GOLDEN = 0.6180339887498949;

    private final FeedProducer producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final long open;
    private final long stride;
    private long begun;
    private long ended;

    Writing(FeedProducer producer, long open) {
        this.producer = producer;
        this.open = open;
        this.stride = coprime((long) (open * GOLDEN) | 1, open);
    }

    /** Begins all payments. */
    void fill(LongConsumer progress) {
        for (; begun < open; begun++) {
            write(OpenPayments.authorization(begun, Instant.now()));
            if (begun % TELL_EVERY == 0 && begun > 0) {
                progress.accept(begun);
            }
        }
        finish();
    }

    /**
     * Begins payments, and captures and settles as many: first all that were filled in, anywhere among them, then as many
     * of those begun since, and so on. However many are written, as many are open as before.
     */
    void steady(long payments) {
        for (long i = 0; i < payments; i++) {
            write(OpenPayments.authorization(begun++, Instant.now()));
            long number = ended / open * open + ended % open * stride % open;
            ended++;
            write(OpenPayments.capture(number, Instant.now()));
            write(OpenPayments.settlement(number, Instant.now()));
        }
        finish();
    }

    private void write(SpecificRecordBase record) {
        producer.write(record, (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    private void finish() {
        producer.flush();
        if (failure.get() != null) {
            throw new GrowthFailedException(
                    "records cannot be written: " + failure.get().getMessage());
        }
    }

    private static long coprime(long from, long to) {
        long candidate = from;
        while (gcd(candidate, to) != 1) {
            candidate++;
        }
        return candidate;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
