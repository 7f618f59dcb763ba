package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.LogClock;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The feeds and policies of a job, read from Kafka. */
public final class KafkaFeeds {

    private static final String DISCOVERY_MILLIS = "10000";
    private static final OutputTag<DeadLetter> REFUSED_POLICIES =
            new OutputTag<>("refusedPolicies", StreamCodec.DEAD_LETTER_TYPE);

    private final StreamExecutionEnvironment environment;
    private final JobSettings settings;
    private final Map<String, TopicDescription> topics;
    private final PolicySnapshot policies;
    private final Reach reach;

    /** How far the topics are read. */
    public enum Reach {
        /** For as long as the job runs. */
        ON_AND_ON,
        /** To where they end when the job starts; then the job ends too. */
        PRESENT_END
    }

    /** Looks at the topics as they are now, and reads on and on. */
    public KafkaFeeds(StreamExecutionEnvironment environment, JobSettings settings)
            throws InterruptedException, ExecutionException {
        this(environment, settings, Reach.ON_AND_ON);
    }

    /** Looks at the topics as they are now. */
    public KafkaFeeds(StreamExecutionEnvironment environment, JobSettings settings, Reach reach)
            throws InterruptedException, ExecutionException {
        this.reach = reach;
        this.environment = environment;
        this.settings = settings;
        try (Admin admin = Admin.create(settings.kafka())) {
            this.topics = admin.describeTopics(java.util.Arrays.stream(Feed.values())
                            .map(feed -> settings.topic(FeedTypes.topic(feed)))
                            .toList())
                    .allTopicNames()
                    .get();
        }
        this.policies = PolicySnapshot.read(settings.kafka(), settings.topic(Topic.POLICIES));
    }

    /** The policies in force now. */
    public BroadcastPolicies policiesNow() {
        return new BroadcastPolicies(policies.changes());
    }

    /**
     * Some feeds in one stream, on the clock. One consumer reads them all: a consumer for each feed costs several times as
     * much when records are few.
     *
     * @param name of the source; never to change, for the offsets are found again by it
     * @param feeds either all of them hold the clock, or none
     */
    public DataStream<Inbound> feeds(String name, Set<Feed> feeds) {
        Map<String, Feed> feedByTopic = new TreeMap<>();
        feeds.forEach(feed -> feedByTopic.put(settings.topic(FeedTypes.topic(feed)), feed));
        KafkaSource<Inbound> source = within(reach, KafkaSource.<Inbound>builder())
                .setProperties(settings.kafka())
                .setProperty("partition.discovery.interval.ms", DISCOVERY_MILLIS)
                .setProperty("isolation.level", "read_committed")
                .setClientIdPrefix(settings.groupId() + "-" + name)
                .setGroupId(settings.groupId())
                .setTopics(List.copyOf(feedByTopic.keySet()))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new FeedDeserializer(feedByTopic, settings.writerSchemas(), settings.registry()))
                .build();
        boolean hold = feeds.stream().allMatch(FeedTypes::holdsTheClock);
        // A task without a partition would never say how far it has read, and hold the clock for ever. Each topic's
        // partitions are dealt out one by one, so as many tasks as the widest topic has partitions have one each.
        int partitions = feedByTopic.keySet().stream()
                .mapToInt(topic -> topics.get(topic).partitions().size())
                .max()
                .orElseThrow();
        return environment
                .fromSource(source, hold ? holding() : LogClock.free(), name, StreamCodec.INBOUND_TYPE)
                .uid("source-" + name)
                .setParallelism(Math.min(settings.parallelism(), partitions));
    }

    private WatermarkStrategy<Inbound> holding() {
        return switch (reach) {
            case ON_AND_ON -> LogClock.holding();
            case PRESENT_END -> LogClock.holdingToTheEnd();
        };
    }

    private static <T> KafkaSourceBuilder<T> within(Reach reach, KafkaSourceBuilder<T> builder) {
        return switch (reach) {
            case ON_AND_ON -> builder;
            case PRESENT_END -> builder.setBounded(OffsetsInitializer.latest());
        };
    }

    /** Changes of policies after {@link #policiesNow}, and those that were refused. */
    public PolicyStreams policyChanges() {
        KafkaSource<PolicyInbound> source = within(reach, KafkaSource.<PolicyInbound>builder())
                .setProperties(settings.kafka())
                .setProperty("isolation.level", "read_committed")
                .setClientIdPrefix(settings.groupId() + "-policies")
                .setGroupId(settings.groupId())
                .setTopics(settings.topic(Topic.POLICIES))
                .setStartingOffsets(OffsetsInitializer.offsets(policies.nextOffsets()))
                .setDeserializer(new PolicyDeserializer(settings.registry()))
                .build();
        SingleOutputStreamOperator<PolicyChange> changes = environment
                .fromSource(source, LogClock.free(), "policies", StreamCodec.POLICY_INBOUND_TYPE)
                .uid("source-policies")
                .setParallelism(1)
                .process(new PolicyGateFunction(), StreamCodec.POLICY_TYPE)
                .uid("gate-policies")
                .name("gate-policies")
                .setParallelism(1);
        return new PolicyStreams(changes, changes.getSideOutput(REFUSED_POLICIES));
    }

    /** Changes, and the records that are none. */
    public record PolicyStreams(DataStream<PolicyChange> changes, DataStream<DeadLetter> refused) {}

    private static final class PolicyGateFunction extends ProcessFunction<PolicyInbound, PolicyChange> {
        @Override
        public void processElement(PolicyInbound inbound, Context context, Collector<PolicyChange> out) {
            if (inbound.change() != null) {
                out.collect(inbound.change());
            } else {
                context.output(REFUSED_POLICIES, inbound.deadLetter());
            }
        }
    }
}
