package io.tillwatch.bench.workload;

import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.schemas.topic.Topic;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The topics of the bench: all of Tillwatch's, and one for what the peers find. Their times are the writer's, so that days
 * pass in seconds, and nothing is old enough to be deleted.
 */
public final class BenchTopics {

    public static final int PARTITIONS = 4;

    /** What the peers find: a {@link Finding} a record, as text. */
    public static final String FOUND = "bench.found";

    private static final Set<Topic> WRITTEN_BEFORE = EnumSet.of(
            Topic.AUTHORIZATIONS, Topic.CAPTURES, Topic.SETTLEMENTS, Topic.REVERSALS, Topic.OUTCOMES, Topic.POLICIES);

    private BenchTopics() {}

    public static String name(Topic topic) {
        return topic.name(Topic.DEFAULT_PREFIX);
    }

    /** Makes all topics that are missing. */
    static void create(TopicAdmin admin) {
        admin.create(Arrays.stream(Topic.values()).map(BenchTopics::spec).toList());
        admin.create(List.of(spec(FOUND, PARTITIONS)));
    }

    /** Makes the topics empty that a contender writes to. */
    public static void emptyResults(TopicAdmin admin) {
        List<Topic> results = Arrays.stream(Topic.values())
                .filter(topic -> !WRITTEN_BEFORE.contains(topic))
                .toList();
        admin.delete(Stream.concat(results.stream().map(BenchTopics::name), Stream.of(FOUND))
                .toList());
        create(admin);
    }

    private static TopicSpec spec(Topic topic) {
        return spec(name(topic), Math.min(PARTITIONS, topic.defaultPartitions()));
    }

    private static TopicSpec spec(String name, int partitions) {
        return new TopicSpec(
                name,
                partitions,
                Map.of(
                        "message.timestamp.type",
                        "CreateTime",
                        "message.timestamp.after.max.ms",
                        Long.toString(Long.MAX_VALUE),
                        "retention.ms",
                        "-1",
                        "max.message.bytes",
                        Integer.toString(Topic.ALERTS.messageBytesMax())));
    }
}
