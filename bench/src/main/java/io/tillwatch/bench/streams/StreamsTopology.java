package io.tillwatch.bench.streams;

import io.tillwatch.bench.contender.ContenderName.Keeps;
import io.tillwatch.bench.workload.BenchTopics;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.Keys;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Feed;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/**
 * The four detections as a topology. The feeds have the same key and the same partitions, so the lives need no
 * repartitioning; the duplicates do.
 */
final class StreamsTopology {

    /** Longer than the five minutes: other partitions may be behind. What lags more is not compared. */
    private static final Duration PURCHASES_KEPT = Duration.ofDays(1);

    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Keeps keeps;
    private final Progress progress;

    StreamsTopology(Keeps keeps, Progress progress) {
        this.keeps = keeps;
        this.progress = progress;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(store(LivesProcessor.LIVES), Serdes.String(), Life.serde())
                .withCachingEnabled());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(store(LivesProcessor.DEADLINES), Deadline.serde(), Serdes.ByteArray())
                        .withCachingEnabled());
        builder.addStateStore(Stores.windowStoreBuilder(purchases(), Serdes.String(), Serdes.String()));

        KStream<String, Inbound> authorizations = feed(builder, Feed.AUTHORIZATIONS);
        authorizations
                .merge(feed(builder, Feed.CAPTURES))
                .merge(feed(builder, Feed.SETTLEMENTS))
                .process(() -> new LivesProcessor(progress), LivesProcessor.LIVES, LivesProcessor.DEADLINES)
                .to(BenchTopics.FOUND, Produced.with(Serdes.String(), Serdes.String()));
        authorizations
                .<String, String>process(() -> new Purchases(progress))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.String())
                        .withName("purchases")
                        .withNumberOfPartitions(BenchTopics.PARTITIONS))
                .process(() -> new RepeatsProcessor(progress), RepeatsProcessor.PURCHASES)
                .to(BenchTopics.FOUND, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static KStream<String, Inbound> feed(StreamsBuilder builder, Feed feed) {
        Serde<byte[]> bytes = Serdes.ByteArray();
        return builder.stream(BenchTopics.name(FeedTypes.topic(feed)), Consumed.with(bytes, bytes))
                .process(() -> new Decoding(feed));
    }

    private KeyValueBytesStoreSupplier store(String name) {
        return switch (keeps) {
            case HEAP -> Stores.inMemoryKeyValueStore(name);
            case ROCKSDB -> Stores.persistentKeyValueStore(name);
        };
    }

    private WindowBytesStoreSupplier purchases() {
        return switch (keeps) {
            case HEAP -> Stores.inMemoryWindowStore(RepeatsProcessor.PURCHASES, PURCHASES_KEPT, WITHIN, false);
            case ROCKSDB -> Stores.persistentWindowStore(RepeatsProcessor.PURCHASES, PURCHASES_KEPT, WITHIN, false);
        };
    }

    /** Decodes here rather than in a deserializer, which is not told the record's time. */
    private static final class Decoding implements Processor<byte[], byte[], String, Inbound> {

        private final FeedDecoder decoder;
        private ProcessorContext<String, Inbound> context;

        Decoding(Feed feed) {
            this.decoder = new FeedDecoder(feed);
        }

        @Override
        public void init(ProcessorContext<String, Inbound> given) {
            context = given;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            String key = Keys.text(record.key());
            Inbound inbound = record.value() == null
                    ? Inbound.pulse(record.timestamp())
                    : decoder.read(record.value(), key, record.key(), record.timestamp());
            context.forward(new Record<>(key, inbound, record.timestamp()));
        }
    }

    /** Sends on what the search for duplicates needs, under the key of like purchases. */
    private static final class Purchases implements Processor<String, Inbound, String, String> {

        private final Progress progress;
        private ProcessorContext<String, String> context;

        Purchases(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void init(ProcessorContext<String, String> given) {
            context = given;
        }

        @Override
        public void process(Record<String, Inbound> record) {
            if (record.value().event() instanceof Authorization a && a.approvedBase()) {
                String key = a.cardToken() + '|' + a.merchantId() + '|' + a.amount() + '|' + a.currency();
                progress.purchaseSent();
                context.forward(new Record<>(key, a.paymentId(), record.timestamp()));
            }
        }
    }
}
