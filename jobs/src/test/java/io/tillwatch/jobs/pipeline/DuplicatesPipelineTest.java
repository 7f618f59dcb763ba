package io.tillwatch.jobs.pipeline;

import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.codec.CodecType;
import io.tillwatch.jobs.duplicates.DuplicatesPipeline;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graph of the duplicates job. */
class DuplicatesPipelineTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @Test
    @DisplayName("these uids, types of ours, and 1024 key groups, for ever")
    void keepsWhatSavepointsHold() {
        StreamExecutionEnvironment environment = Streams.strict(2);
        define(environment).sinkTo(new DiscardingSink<>()).uid("sink-suspicions");
        StreamGraph graph = environment.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .filteredOn(uid -> !uid.matches("(source|clock|sink)-.*"))
                .containsExactlyInAnyOrder("signs-0", "signs-1", "lookalikes");
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getTypeSerializerOut() != null && !node.getOutEdges().isEmpty()) {
                assertThat(node.getTypeSerializerOut().getClass().getName())
                        .as("what %s hands on", node.getOperatorName())
                        .startsWith(CodecType.class.getPackageName());
            }
        }
        for (JobVertex vertex : graph.getJobGraph().getVertices()) {
            assertThat(vertex.getMaxParallelism()).as(vertex.getName()).isEqualTo(1024);
        }
    }

    @Test
    @DisplayName("the same is found with any parallelism")
    void findsTheSameHoweverItIsRun() throws Exception {
        List<String> one = run(1);
        assertThat(one).hasSize(13).filteredOn(row -> row.endsWith("NONE")).hasSize(3);

        assertThat(run(3)).isEqualTo(one);
    }

    private static List<String> run(int parallelism) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.common(parallelism));
        CloseableIterator<Suspicion> suspicions = define(environment).collectAsync();
        environment.execute();
        List<String> rows = new ArrayList<>();
        suspicions.forEachRemaining(s ->
                rows.add(s.paymentId() + ' ' + s.ofPaymentId() + ' ' + s.occurredAtMillis() + ' ' + s.confidence()));
        rows.sort(null);
        return rows;
    }

    /** Ten pairs of purchases that are alike; three of the earlier ones are given back. */
    private static DataStream<Suspicion> define(StreamExecutionEnvironment environment) {
        List<Inbound> authorizations = new ArrayList<>();
        List<Inbound> reversals = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long at = T0 + i * MINUTE;
            authorizations.add(inbound(SHOP.approvedWith("x" + i, "card-" + i, "1", 100, at)));
            authorizations.add(inbound(SHOP.approvedWith("y" + i, "card-" + i, "1", 100, at + SECOND)));
            if (i % 4 == 0) {
                reversals.add(inbound(SHOP.reversal("x" + i, "card-" + i, 100L, 100, at + 30 * MINUTE)));
            }
        }
        authorizations.add(Inbound.pulse(T0 + 2 * HOUR));
        reversals.add(Inbound.pulse(T0 + 2 * HOUR));
        PolicyChange sooner = Given.everywhere(Setting.MATCH_GRACE, 10 * SECOND);
        DataStream<Inbound> asked = Streams.feed(environment, "authorizations", authorizations);
        DataStream<Inbound> returned = Streams.feed(environment, "reversals", reversals);
        return DuplicatesPipeline.define(
                List.of(asked, returned), Streams.policies(asked, sooner), new BroadcastPolicies(List.of(sooner)));
    }

    private static Inbound inbound(Fact fact) {
        return new Inbound(fact.arrivedAtMillis(), fact, null);
    }
}
