package io.tillwatch.jobs.pipeline;

import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.codec.CodecType;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.lifecycle.LifecyclePipeline;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.PipelineOptions;
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

/** The graph of the lifecycle job. */
class LifecyclePipelineTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private static final long END = T0 + 3 * HOUR;

    @Test
    @DisplayName("the uids of all operators are these, for ever")
    void keepsTheUidsThatSavepointsHold() {
        StreamGraph graph = graph();
        Map<String, String> uidByName = new TreeMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            if (!node.getTransformationUID().matches("(source|clock|sink)-.*")) {
                uidByName.put(node.getOperatorName(), node.getTransformationUID());
            }
        }

        assertThat(uidByName.keySet()).containsExactlyElementsOf(new TreeSet<>(uidByName.values()));
        assertThat(uidByName.values()).containsExactlyInAnyOrder("gate-feeds", "gate-suspicions", "payments", "guards");
    }

    @Test
    @DisplayName("every operator has a uid, its types are ours, and 1024 key groups for ever")
    void makesAJobGraphThatAsksForTheseThings() {
        StreamGraph graph = graph();
        for (StreamNode node : graph.getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank();
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
    @DisplayName("the same is told with any parallelism, and with object reuse or without")
    void tellsTheSameHoweverItIsRun() throws Exception {
        Told one = run(1, true);
        assertThat(one.alerts())
                .hasSizeGreaterThan(20)
                .anyMatch(row -> row.startsWith("BUDGET_EXCEEDED:acq-1 1 RAISED"));
        assertThat(one.commands()).anyMatch(row -> row.contains("BUDGET_EXCEEDED"));
        assertThat(one.commands()).anyMatch(row -> row.contains("AUTOMATIC null"));
        assertThat(one.deadLetters()).containsExactly("captures 7 BAD_AMOUNT");

        assertThat(run(1, false)).isEqualTo(one);
        assertThat(run(3, true)).isEqualTo(one);
    }

    private record Told(List<String> alerts, List<String> commands, List<String> deadLetters) {}

    private static Told run(int parallelism, boolean reuse) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(
                io.tillwatch.jobs.kafka.JobEnvironment.common(parallelism).set(PipelineOptions.OBJECT_REUSE, reuse));
        LifecyclePipeline.Results results = define(environment, payments());
        CloseableIterator<Alert> alerts = results.alerts().collectAsync();
        CloseableIterator<Command> commands = results.commands().collectAsync();
        CloseableIterator<DeadLetter> letters = results.deadLetters().collectAsync();
        environment.execute();
        return new Told(
                rows(
                        alerts,
                        a -> a.alertId()
                                + ' '
                                + a.revision()
                                + (a.raised() ? " RAISED " : " CLEARED ")
                                + a.amount()
                                + ' '
                                + a.detectedAtMillis()),
                rows(
                        commands,
                        c -> c.commandId()
                                + ' '
                                + c.issue()
                                + ' '
                                + c.withdrawn()
                                + ' '
                                + c.approval()
                                + ' '
                                + c.approvalReason()),
                rows(
                        letters,
                        d -> d.feed() + ' ' + d.offset() + ' ' + d.refusal().code()));
    }

    private static <T> List<String> rows(CloseableIterator<T> values, java.util.function.Function<T, String> row) {
        List<String> rows = new ArrayList<>();
        values.forEachRemaining(value -> rows.add(row.apply(value)));
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    private static LifecyclePipeline.Results define(
            StreamExecutionEnvironment environment, Map<Feed, List<Inbound>> records) {
        Map<Feed, DataStream<Inbound>> streams = new EnumMap<>(Feed.class);
        records.forEach((feed, list) -> streams.put(feed, Streams.feed(environment, feed.topic(), list)));
        Map<String, DataStream<Inbound>> feeds = new LinkedHashMap<>();
        feeds.put("suspicions", streams.remove(Feed.SUSPICIONS));
        feeds.put(
                "feeds",
                streams.values().stream()
                        .reduce((one, other) -> one.union(other))
                        .orElseThrow());
        PolicyChange small = Given.everywhere(Setting.COMMAND_BUDGET, 5);
        return LifecyclePipeline.define(new LifecyclePipeline.Sources(
                feeds,
                Streams.policies(streams.get(Feed.AUTHORIZATIONS), small),
                new BroadcastPolicies(List.of(small)),
                Duration.ZERO));
    }

    private static StreamGraph graph() {
        StreamExecutionEnvironment environment = Streams.strict(2);
        LifecyclePipeline.Results results = define(environment, payments());
        results.alerts().sinkTo(new DiscardingSink<>()).uid("sink-alerts");
        results.commands().sinkTo(new DiscardingSink<>()).uid("sink-commands");
        results.deadLetters().sinkTo(new DiscardingSink<>()).uid("sink-dead-letters");
        return environment.getStreamGraph();
    }

    /** Twenty payments of which some are not answered, some not settled alike, and one record is refused. */
    private static Map<Feed, List<Inbound>> payments() {
        Map<Feed, List<Inbound>> feeds = new EnumMap<>(Feed.class);
        for (Feed feed : Feed.values()) {
            feeds.put(feed, new ArrayList<>());
        }
        for (int i = 0; i < 20; i++) {
            String p = "p" + i;
            long at = T0 + i * (7 * SECOND);
            add(feeds, SHOP.request(p, 100, at));
            if (i % 2 == 0) {
                add(feeds, SHOP.approve(p, 100, at + SECOND));
                add(feeds, SHOP.capture(p, "c" + i, 100, at + MINUTE));
                add(feeds, SHOP.settle(p, "c" + i, i % 4 == 0 ? 100 : 90, at + HOUR));
            }
        }
        feeds.get(Feed.CAPTURES)
                .add(new Inbound(
                        T0 + HOUR,
                        SHOP.taint("p0", T0 + HOUR),
                        new DeadLetter(
                                "captures",
                                0,
                                7,
                                T0 + HOUR,
                                new Refusal(Refusal.Code.BAD_AMOUNT, "amount: is not in 1..10^12"),
                                new byte[] {1},
                                new byte[] {2})));
        feeds.forEach((feed, list) -> {
            list.sort(Comparator.comparingLong(Inbound::arrivedAtMillis));
            list.add(Inbound.pulse(END));
        });
        return feeds;
    }

    private static void add(Map<Feed, List<Inbound>> feeds, PaymentEvent event) {
        feeds.get(event.feed()).add(new Inbound(event.arrivedAtMillis(), event, null));
    }
}
