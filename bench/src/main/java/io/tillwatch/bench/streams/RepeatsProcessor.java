package io.tillwatch.bench.streams;

import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Finding;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Compares each purchase with those of the same card, merchant and amount around it. They come through a topic, in which
 * the partitions that wrote to it overtake each other: so it looks both ways.
 */
final class RepeatsProcessor implements Processor<String, String, String, String> {

    static final String PURCHASES = "purchases";

    private static final long WITHIN_MILLIS = Duration.ofMinutes(5).toMillis();

    private final Progress progress;
    private ProcessorContext<String, String> context;
    private WindowStore<String, String> purchases;

    RepeatsProcessor(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<String, String> given) {
        context = given;
        purchases = context.getStateStore(PURCHASES);
    }

    @Override
    public void process(Record<String, String> purchase) {
        long at = purchase.timestamp();
        try (WindowStoreIterator<String> others =
                purchases.fetch(purchase.key(), Math.max(0, at - WITHIN_MILLIS), at + WITHIN_MILLIS)) {
            while (others.hasNext()) {
                KeyValue<Long, String> other = others.next();
                String later = other.key > at ? other.value : purchase.value();
                Finding finding = new Finding(Detection.DUPLICATE_AUTHORIZATION, later);
                context.forward(new Record<>(later, finding.toString(), Math.max(other.key, at)));
            }
        }
        purchases.put(purchase.key(), purchase.value(), at);
        progress.purchaseTaken();
    }
}
