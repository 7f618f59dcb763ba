package io.tillwatch.cli.redrive;

import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The dead letters of a Kafka, and what was done with them. */
public final class LetterBox {

    private final TopicScan scan;
    private final String prefix;

    /** @param client settings of a Kafka client */
    public LetterBox(Map<String, Object> client, String prefix) {
        this.scan = new TopicScan(client, prefix);
        this.prefix = prefix;
    }

    /**
     * What waits.
     *
     * @param letters that wait for somebody to do something
     * @param oldestMillis when the first of them arrived; meaningless if there is none
     */
    public record Waiting(long letters, long oldestMillis) {}

    /** How much waits. Reads all letters: see first how many there are. */
    public Waiting waiting() {
        Marks marks = marks();
        long[] found = {0, Long.MAX_VALUE};
        read(letter -> {
            if (marks.state(letter.id()) == Marks.State.WAITING) {
                found[0]++;
                found[1] = Math.min(found[1], letter.id().arrivedAtMillis());
            }
        });
        return new Waiting(found[0], found[1]);
    }

    /**
     * Reads each letter once, though the jobs may have written it again after a restart.
     *
     * @return where records stand that are no letters: the jobs did not write them
     */
    List<String> read(Consumer<Letter> to) {
        Set<LetterId> seen = new HashSet<>();
        List<String> strangers = new ArrayList<>();
        scan.read(
                Topic.DEAD_LETTERS,
                record -> Letter.of(record)
                        .ifPresentOrElse(
                                letter -> {
                                    if (seen.add(letter.id())) {
                                        to.accept(letter);
                                    }
                                },
                                () -> strangers.add(record.topic() + ", partition " + record.partition() + ", offset "
                                        + record.offset())));
        return strangers;
    }

    /** What was done so far. */
    Marks marks() {
        Marks marks = new Marks();
        scan.read(
                Topic.REDRIVEN,
                record -> marks.take(
                        record.value(),
                        record.topic() + ", partition " + record.partition() + ", offset " + record.offset()));
        return marks;
    }

    /** Which of these topics are not there, each with its remedy. */
    List<String> missing(Set<Topic> topics) {
        Map<Topic, Integer> there = scan.partitions(topics);
        return topics.stream()
                .filter(topic -> !there.containsKey(topic))
                .map(topic -> "there is no topic " + topic.name(prefix)
                        + ": make it with ./tillwatch topics, or look at --topic-prefix")
                .sorted()
                .toList();
    }
}
