package io.tillwatch.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes and removes topics on any Kafka. Each change returns when clients can see it, so that the next step may rely
 * on it. Failures are {@link BrokerException}s.
 */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Admin admin;

    /** @param clientSettings Kafka's client settings: {@code bootstrap.servers} and, if need be, SASL and TLS */
    public TopicAdmin(Map<String, ?> clientSettings) {
        this.admin = Admin.create(new HashMap<>(clientSettings));
    }

    /** @param bootstrapServers of a Kafka that asks for no credentials */
    public TopicAdmin(String bootstrapServers) {
        this(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /**
     * Makes those topics that are missing, with the cluster's default number of copies. A topic that exists is left as
     * it is, even if its partitions or settings differ.
     *
     * @return the names of those that were made
     */
    public Set<String> create(Collection<TopicSpec> topics) {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.config()))
                .toList();
        Set<String> made = new TreeSet<>();
        admin.createTopics(wanted).values().forEach((name, done) -> {
            if (unless(TopicExistsException.class, "create topic " + name, done)) {
                made.add(name);
            }
        });
        Set<String> names = topics.stream().map(TopicSpec::name).collect(Collectors.toSet());
        awaitSeen(
                "topics " + names, TopicAdmin::hasLeaders, seen -> seen.keySet().containsAll(names));
        awaitLeading(topics);
        return made;
    }

    /** Grows a topic; it must exist and have fewer partitions. */
    public void growTo(String topic, int partitions) {
        get(
                "grow topic " + topic + " to " + partitions + " partitions",
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                        .all());
        awaitSeen(
                partitions + " partitions of topic " + topic,
                TopicAdmin::hasLeaders,
                seen -> partitions == seen.getOrDefault(topic, 0));
    }

    /** Removes topics with all that is in them; those that do not exist are passed over. */
    public void delete(Collection<String> topics) {
        admin.deleteTopics(topics)
                .topicNameValues()
                .forEach((name, done) -> unless(UnknownTopicOrPartitionException.class, "delete topic " + name, done));
        awaitSeen(
                "the end of topics " + topics,
                topic -> true,
                seen -> topics.stream().noneMatch(seen::containsKey));
    }

    /** How many partitions each topic has; without Kafka's internal topics. */
    public SortedMap<String, Integer> partitionCounts() {
        return partitionCounts(topic -> true);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private SortedMap<String, Integer> partitionCounts(Predicate<TopicDescription> only) {
        Set<String> names = get("list topics", admin.listTopics().names());
        SortedMap<String, Integer> counts = new TreeMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, described) -> {
            // Deleted since it was listed, or so new that not every broker knows it.
            String what = "describe topic " + name;
            if (unless(UnknownTopicOrPartitionException.class, what, described)) {
                TopicDescription topic = get(what, described);
                if (only.test(topic)) {
                    counts.put(name, topic.partitions().size());
                }
            }
        });
        return counts;
    }

    /** A leader that was named may not know it yet; it answers for its partitions when it does. */
    private void awaitLeading(Collection<TopicSpec> topics) {
        Map<String, Integer> partitions = partitionCounts();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicSpec topic : topics) {
            for (int partition = 0; partition < partitions.get(topic.name()); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        get("ask the leaders of new topics", admin.listOffsets(ends).all());
    }

    private void awaitSeen(String what, Predicate<TopicDescription> counted, Predicate<Map<String, Integer>> expected) {
        long start = System.nanoTime();
        while (!expected.test(partitionCounts(counted))) {
            if (System.nanoTime() - start > SEEN_WITHIN.toNanos()) {
                throw new BrokerException(what + " not seen within " + SEEN_WITHIN
                        + ", though Kafka agreed: look for brokers that are down");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean hasLeaders(TopicDescription topic) {
        return topic.partitions().stream()
                .allMatch(partition ->
                        partition.leader() != null && !partition.leader().isEmpty());
    }

    /** Whether it was done; false if it failed in the one expected way. */
    private static boolean unless(Class<? extends Exception> expected, String what, KafkaFuture<?> done) {
        try {
            get(what, done);
            return true;
        } catch (BrokerException e) {
            if (expected.isInstance(e.getCause())) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T get(String what, KafkaFuture<T> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new BrokerException("cannot " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted: " + what, e);
        }
    }
}
