package io.tillwatch.jobs.duplicates;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** The graph of the duplicates job. The same for live runs and for replay. */
public final class DuplicatesPipeline {

    private DuplicatesPipeline() {}

    /**
     * Builds the graph between sources and sink.
     *
     * @param feeds authorizations and reversals, with timestamps and watermarks, each under the name of its stream. What
     *     they refuse is the lifecycle job's to set aside
     * @param policyChanges changes of policies after the start
     * @param policies the policies in force at the start
     */
    public static DataStream<Suspicion> define(
            List<DataStream<Inbound>> feeds, DataStream<PolicyChange> policyChanges, BroadcastPolicies policies) {
        DataStream<Sign> signs = null;
        for (int i = 0; i < feeds.size(); i++) {
            DataStream<Inbound> feed = feeds.get(i);
            SingleOutputStreamOperator<Sign> some = feed.flatMap(DuplicatesPipeline::sign, StreamCodec.SIGN_TYPE)
                    .uid("signs-" + i)
                    .name("signs-" + i)
                    .setParallelism(feed.getParallelism());
            signs = signs == null ? some : signs.union(some);
        }
        return signs.keyBy(DuplicatesOperator::keyOf, Types.STRING)
                .connect(policyChanges.broadcast())
                .transform("lookalikes", StreamCodec.SUSPICION_TYPE, new DuplicatesOperator(policies))
                .uid("lookalikes");
    }

    private static void sign(Inbound inbound, Collector<Sign> out) {
        if (inbound.event() instanceof Fact fact) {
            Sign.of(fact).ifPresent(out::collect);
        }
    }
}
