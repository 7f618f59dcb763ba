package io.tillwatch.cli.doctor;

import io.tillwatch.cli.doctor.KafkaState.TopicState;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Holds what was seen of a Kafka against what detection relies on.
 *
 * @param bootstrap as it stands in the commands that are told
 * @param prefix of topics
 * @param role as whom it was looked at; empty: what may be done is not judged
 * @param pulseWithin how old the newest record of a feed's partition may be
 * @param nowMillis when it was looked at, by this machine's clock, milliseconds since the epoch
 */
record KafkaExamination(String bootstrap, String prefix, Optional<Role> role, Duration pulseWithin, long nowMillis) {

    /** Further apart, clocks are not the network's delay any more. */
    private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(5);

    /** In the order of the topics. */
    List<Finding> findings(KafkaState state) {
        List<Finding> findings = new ArrayList<>();
        int widest = state.topics().entrySet().stream()
                .filter(seen -> seen.getKey().pulsed())
                .mapToInt(seen -> seen.getValue().partitions())
                .max()
                .orElse(0);
        for (Topic topic : Topic.values()) {
            TopicState seen = state.topics().get(topic);
            if (seen != null) {
                findings.addAll(of(topic, seen, widest));
            } else if (state.hidden().contains(topic)) {
                findings.add(Finding.wrong(
                        topic.name(prefix),
                        "cannot be seen by this user",
                        "there",
                        allow(topic, AclOperation.DESCRIBE)));
            } else {
                findings.add(Finding.wrong(topic.name(prefix), "is not there", "there", topicsCommand()));
            }
        }
        return List.copyOf(findings);
    }

    private List<Finding> of(Topic topic, TopicState seen, int widest) {
        List<Finding> findings = new ArrayList<>();
        findings.add(partitions(topic, seen.partitions(), widest));
        seen.config()
                .ifPresentOrElse(
                        config -> findings.addAll(settings(topic, config)),
                        () -> findings.add(Finding.wrong(
                                topic.name(prefix),
                                "its settings cannot be seen by this user",
                                "seen",
                                allow(topic, AclOperation.DESCRIBE_CONFIGS))));
        if (topic.pulsed()) {
            findings.add(clock(topic, seen));
        }
        role.ifPresent(as -> findings.add(rights(topic, as, seen.allowed())));
        return findings;
    }

    private Finding partitions(Topic topic, int count, int widest) {
        String found = "has " + counted(count);
        if (!topic.pulsed()) {
            int wanted = topic.defaultPartitions() == 1 ? 1 : count;
            return count == wanted
                    ? Finding.good(topic.name(prefix), found, counted(count))
                    : Finding.wrong(
                            topic.name(prefix),
                            found,
                            counted(1) + ", for its records must be in one order",
                            "make the topic anew with one partition and write what it holds again, oldest first");
        }
        String wanted = counted(widest) + ", as many as every other feed";
        return count == widest
                ? Finding.good(topic.name(prefix), found, wanted)
                : Finding.wrong(
                        topic.name(prefix),
                        found,
                        wanted,
                        "kafka-topics.sh --bootstrap-server " + bootstrap + " --alter --topic " + topic.name(prefix)
                                + " --partitions " + widest);
    }

    private static String counted(int partitions) {
        return partitions + (partitions == 1 ? " partition" : " partitions");
    }

    private List<Finding> settings(Topic topic, Map<String, String> config) {
        List<Finding> findings = new ArrayList<>();
        String timestamps = topic.timestampType().kafkaName();
        findings.add(setting(
                topic,
                "message.timestamp.type",
                config,
                timestamps,
                timestamps,
                timestamps.equals(config.get("message.timestamp.type"))));
        String cleanup = topic.cleanupPolicy().kafkaName();
        findings.add(setting(
                topic,
                "cleanup.policy",
                config,
                cleanup,
                cleanup,
                words(cleanup).equals(words(config.get("cleanup.policy")))));
        topic.retention().ifPresent(least -> {
            long kept = number(config.get("retention.ms"));
            findings.add(setting(
                    topic,
                    "retention.ms",
                    config,
                    Long.toString(least.toMillis()),
                    least.toMillis() + " (" + least.toDays() + " days) or more, or -1",
                    kept == -1 || kept >= least.toMillis()));
        });
        int bytes = topic.messageBytesMax();
        findings.add(setting(
                topic,
                "max.message.bytes",
                config,
                Integer.toString(bytes),
                bytes + " or more",
                number(config.get("max.message.bytes")) >= bytes));
        return findings;
    }

    private Finding setting(
            Topic topic, String name, Map<String, String> config, String value, String wanted, boolean good) {
        String found = name + " is " + config.getOrDefault(name, "not told");
        return good
                ? Finding.good(topic.name(prefix), found, wanted)
                : Finding.wrong(
                        topic.name(prefix),
                        found,
                        wanted,
                        "kafka-configs.sh --bootstrap-server " + bootstrap
                                + " --alter --entity-type topics --entity-name " + topic.name(prefix)
                                + " --add-config " + name + "=" + (value.contains(",") ? "[" + value + "]" : value));
    }

    private static Set<String> words(String listOrNull) {
        return listOrNull == null
                ? Set.of()
                : Arrays.stream(listOrNull.split(","))
                        .map(String::strip)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long number(String textOrNull) {
        return textOrNull != null && textOrNull.matches("-?[0-9]{1,18}") ? Long.parseLong(textOrNull) : Long.MIN_VALUE;
    }

    /** The detector's clock is the oldest of the partitions' newest: one that stands holds back all. */
    private Finding clock(Topic topic, TopicState seen) {
        String name = topic.name(prefix);
        String wanted = "a record or pulse within " + pulseWithin.toSeconds() + " s in each partition";
        if (seen.newest().isEmpty()) {
            return Finding.wrong(
                    name,
                    "how new its records are cannot be seen by this user",
                    wanted,
                    allow(topic, AclOperation.DESCRIBE));
        }
        Map<Integer, Long> newest = seen.newest().get();
        List<Integer> standing = IntStream.range(0, seen.partitions())
                .filter(partition ->
                        newest.getOrDefault(partition, Long.MIN_VALUE) < nowMillis - pulseWithin.toMillis())
                .boxed()
                .toList();
        if (!standing.isEmpty()) {
            return Finding.wrong(
                    name,
                    "nothing came within " + pulseWithin.toSeconds() + " s in partitions " + standing,
                    wanted,
                    "./tillwatch pulse --bootstrap " + bootstrap + " --topic-prefix " + prefix
                            + ", left running; look at its log if it does run");
        }
        long oldest = newest.values().stream().mapToLong(Long::longValue).min().orElse(nowMillis);
        long latest = newest.values().stream().mapToLong(Long::longValue).max().orElse(nowMillis);
        if (latest > nowMillis + CLOCKS_APART_MAX.toMillis()) {
            return Finding.wrong(
                    name,
                    "its newest record is " + (latest - nowMillis) + " ms ahead of this machine's clock",
                    "no more than " + CLOCKS_APART_MAX.toMillis() + " ms ahead",
                    "set the clocks of the brokers and of this machine by NTP (chronyc tracking)");
        }
        return Finding.good(name, "its clock is " + Math.max(0, nowMillis - oldest) + " ms behind", wanted);
    }

    private Finding rights(Topic topic, Role as, Set<AclOperation> allowed) {
        Set<AclOperation> needed = as.needs(topic);
        List<AclOperation> judged = List.of(AclOperation.READ, AclOperation.WRITE);
        String who = "as " + as.name().toLowerCase(Locale.ROOT);
        String wanted = who + ": " + (needed.isEmpty() ? "neither READ nor WRITE needed" : "may " + needed);
        String found =
                "this user may " + judged.stream().filter(allowed::contains).toList();
        List<AclOperation> missing = needed.stream()
                .filter(operation -> !allowed.contains(operation))
                .toList();
        if (!missing.isEmpty()) {
            return Finding.wrong(topic.name(prefix), found, wanted, allow(topic, missing.get(0)));
        }
        boolean mayWriteTooMuch = allowed.contains(AclOperation.WRITE) && !needed.contains(AclOperation.WRITE);
        return mayWriteTooMuch
                ? Finding.wrong(
                        topic.name(prefix),
                        found,
                        who + ": may not WRITE",
                        "let the brokers ask for credentials and set authorizer.class.name; then kafka-acls.sh"
                                + " --bootstrap-server " + bootstrap
                                + " --remove --allow-principal User:NAME --operation Write --topic "
                                + topic.name(prefix))
                : Finding.good(topic.name(prefix), found, wanted);
    }

    private String allow(Topic topic, AclOperation operation) {
        return "kafka-acls.sh --bootstrap-server " + bootstrap + " --add --allow-principal User:NAME --operation "
                + operation + " --topic " + topic.name(prefix);
    }

    private String topicsCommand() {
        return "./tillwatch topics --bootstrap " + bootstrap + " --topic-prefix " + prefix;
    }
}
