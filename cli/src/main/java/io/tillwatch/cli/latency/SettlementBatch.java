package io.tillwatch.cli.latency;

import io.tillwatch.cli.growth.Canaries;
import io.tillwatch.cli.growth.OpenPayments;
import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.schemas.record.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecordBase;

/** Payments that were captured before, and the file that settles all of them at once. For one use. */
final class SettlementBatch {

    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(5);

    private final FeedProducer producer;
    private final Canaries canaries;
    private final int size;

    /** @param producer of its own */
    SettlementBatch(FeedProducer producer, Canaries canaries, int size) {
        this.producer = producer;
        this.canaries = canaries;
        this.size = size;
    }

    /** When it began and when all of it was taken. */
    record Times(long beganMillis, long takenMillis) {}

    /** The windows of shops rather than of the traffic, in which these payments may wait. */
    void policies() {
        for (int i = 0; i < OpenPayments.ACQUIRERS; i++) {
            write(Policy.newBuilder()
                    .setScope("acquirer:bank-" + i)
                    .setCaptureWithin(Duration.ofHours(24).toMillis())
                    .setSettleWithin(Duration.ofHours(96).toMillis())
                    .setForgetAfter(Duration.ofDays(30).toMillis())
                    .build());
        }
        producer.flush();
    }

    /** Authorizes and captures all, and waits until that is taken. */
    void prepare(BooleanSupplier alive) {
        for (int i = 0; i < size; i++) {
            write(OpenPayments.authorization(i, Instant.now()));
            write(OpenPayments.capture(i, Instant.now()));
        }
        canaries.write("prepared");
        canaries.awaitAll("prepared", TAKEN_WITHIN, alive);
    }

    /** Settles all, as fast as the broker takes it. */
    CompletableFuture<Times> arrive(Executor executor, BooleanSupplier alive) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long began = System.currentTimeMillis();
                    for (int i = 0; i < size; i++) {
                        write(OpenPayments.settlement(i, Instant.now()));
                    }
                    canaries.write("settled");
                    canaries.awaitAll("settled", TAKEN_WITHIN, alive);
                    return new Times(began, System.currentTimeMillis());
                },
                executor);
    }

    private void write(SpecificRecordBase written) {
        producer.write(written, (metadata, error) -> {
            if (error != null) {
                // Canaries that wait for what never came would be the only sign.
                System.err.println("a record of the batch cannot be written: " + error.getMessage());
            }
        });
    }
}
