package io.tillwatch.cli.doctor;

import io.tillwatch.schemas.topic.Topic;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/** Who connects as the user that doctor connects as: what such a program must be able to do with topics, and nothing more. */
public enum Role {
    /** The detection jobs. */
    JOBS(
            EnumSet.of(
                    Topic.AUTHORIZATIONS,
                    Topic.CAPTURES,
                    Topic.SETTLEMENTS,
                    Topic.REVERSALS,
                    Topic.OUTCOMES,
                    Topic.SUSPICIONS,
                    Topic.POLICIES),
            EnumSet.of(
                    Topic.SUSPICIONS, Topic.ALERTS, Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS, Topic.DEAD_LETTERS)),
    /** A responder: with its API it reads alerts, and unless it is told otherwise it publishes the reversals that it made. */
    RESPONDER(
            EnumSet.of(Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS, Topic.ALERTS),
            EnumSet.of(Topic.OUTCOMES, Topic.REVERSALS)),
    /** The console: suspicions show in the alerts, and what was done with dead letters is for those who did it. */
    CONSOLE(EnumSet.complementOf(EnumSet.of(Topic.SUSPICIONS, Topic.REDRIVEN)), EnumSet.of(Topic.POLICIES)),
    /** A notifier. */
    NOTIFIER(EnumSet.of(Topic.ALERTS), EnumSet.noneOf(Topic.class)),
    /** Whoever only asks. */
    QUERY(EnumSet.allOf(Topic.class), EnumSet.noneOf(Topic.class)),
    /** Whoever sends dead letters back. */
    REDRIVE(EnumSet.of(Topic.DEAD_LETTERS, Topic.REDRIVEN), redriven()),
    /** The pulse writer. */
    PULSE(EnumSet.noneOf(Topic.class), feeds());

    /** Unchanging, though their types do not say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Topic> reads;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Topic> writes;

    Role(Set<Topic> reads, Set<Topic> writes) {
        this.reads = reads;
        this.writes = writes;
    }

    private static Set<Topic> feeds() {
        Set<Topic> feeds = EnumSet.allOf(Topic.class);
        feeds.removeIf(topic -> !topic.pulsed());
        return feeds;
    }

    private static Set<Topic> redriven() {
        Set<Topic> written = feeds();
        written.addAll(EnumSet.of(Topic.SUSPICIONS, Topic.REDRIVEN));
        return written;
    }

    /** Of reading and writing, what it must be able to do. */
    public Set<AclOperation> needs(Topic topic) {
        Set<AclOperation> needed = EnumSet.noneOf(AclOperation.class);
        if (reads.contains(topic)) {
            needed.add(AclOperation.READ);
        }
        if (writes.contains(topic)) {
            needed.add(AclOperation.WRITE);
        }
        return needed;
    }
}
