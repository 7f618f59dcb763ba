package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender.Found;
import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** What no job in Flink can go below: the same sources and decoding, and each record sent to the task of its payment. */
public final class Floor implements FlinkJobs {

    private final boolean state;

    /** @param state whether each record also reads and writes a number of state */
    public Floor(boolean state) {
        this.state = state;
    }

    @Override
    public List<FlinkJob> inOrder() {
        return List.of((environment, settings) -> {
            KafkaFeeds kafka = new KafkaFeeds(environment, settings, KafkaFeeds.Reach.PRESENT_END);
            DataStream<Inbound> feeds = kafka.feeds("feeds", EnumSet.complementOf(EnumSet.of(Feed.SUSPICIONS)));
            feeds.flatMap(Floor::event, StreamCodec.EVENT_TYPE)
                    .setParallelism(feeds.getParallelism())
                    .keyBy(PaymentEvent::paymentId, Types.STRING)
                    .process(state ? new Counting() : new Nothing(), Types.LONG)
                    .sinkTo(new DiscardingSink<>());
        });
    }

    @Override
    public Found found(String bootstrapServers) {
        return new Found(Set.of(), 0);
    }

    static void event(Inbound inbound, Collector<PaymentEvent> out) {
        if (inbound.event() != null) {
            out.collect(inbound.event());
        }
    }

    private static final class Nothing extends KeyedProcessFunction<String, PaymentEvent, Long> {
        @Override
        public void processElement(PaymentEvent event, Context context, Collector<Long> out) {
            // that is the point
        }
    }

    private static final class Counting extends KeyedProcessFunction<String, PaymentEvent, Long> {

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(PaymentEvent event, Context context, Collector<Long> out) throws Exception {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
        }
    }
}
