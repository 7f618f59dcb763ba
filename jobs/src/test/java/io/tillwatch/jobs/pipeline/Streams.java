package io.tillwatch.jobs.pipeline;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.HashMap;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Bounded sources and environments for the graphs of the jobs. */
final class Streams {

    private Streams() {}

    /** The environment that all jobs ask for; a graph with an operator without uid is refused. */
    static StreamExecutionEnvironment strict(int parallelism) {
        Configuration configuration = JobEnvironment.common(parallelism);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    /** What was read, with a clock that moves with each record as a partition's does. */
    static DataStream<Inbound> feed(StreamExecutionEnvironment environment, String name, List<Inbound> records) {
        return environment
                .fromData(records, StreamCodec.INBOUND_TYPE)
                .uid("source-" + name)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Inbound>forGenerator(c -> new EachRecord())
                        .withTimestampAssigner((inbound, t) -> inbound.arrivedAtMillis()))
                .uid("clock-" + name)
                .setParallelism(1);
    }

    /**
     * Changes of policies that come with the first record of a feed. They keep the feed's clock: a bounded stream of
     * their own might end after all feeds, and the clock would go from nothing to the end of the input at once.
     */
    static DataStream<PolicyChange> policies(DataStream<Inbound> feed, PolicyChange change) {
        String scope = change.scope();
        HashMap<Setting, Long> settings = new HashMap<>(change.settings());
        return feed.flatMap(
                        (Inbound inbound, Collector<PolicyChange> out) -> {
                            if (inbound.arrivedAtMillis() == Given.T0) {
                                out.collect(new PolicyChange(scope, settings));
                            }
                        },
                        StreamCodec.POLICY_TYPE)
                .uid("source-policies")
                .setParallelism(1);
    }

    private static final class EachRecord implements WatermarkGenerator<Inbound> {
        @Override
        public void onEvent(Inbound event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(event.arrivedAtMillis() - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // each record has said it
        }
    }
}
