package io.tillwatch.cli.live;

import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates the topics that are missing, with the settings that detection relies on. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates the topics that are missing, with the settings that detection relies on.")
public final class TopicsCommand implements Callable<Integer> {

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--partitions", defaultValue = "12", description = "Of each feed; ${DEFAULT-VALUE}.")
    private int partitions;

    @Override
    public Integer call() {
        List<String> problems = new ArrayList<>();
        if (partitions < 1 || partitions > 1024) {
            problems.add("--partitions: " + partitions + " is not in 1..1024");
        }
        try {
            Topic.ALERTS.name(kafka.prefix());
        } catch (IllegalArgumentException e) {
            problems.add("--topic-prefix: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        TopicAdmin admin = new TopicAdmin(kafka.clientSettings());
        try (admin) {
            Set<String> made = admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(
                            topic.name(kafka.prefix()),
                            topic.defaultPartitions() == 1 ? 1 : partitions,
                            topic.config()))
                    .toList());
            made.forEach(name -> System.out.println("created " + name));
            System.out.println(made.size() + " created, " + (Topic.values().length - made.size()) + " there already");
        }
        return 0;
    }
}
