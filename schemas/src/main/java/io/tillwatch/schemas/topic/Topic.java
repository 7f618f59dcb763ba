package io.tillwatch.schemas.topic;

import io.tillwatch.schemas.RecordType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every topic. What is said here is a default for creating it and what {@code doctor} looks for; a cluster's operator
 * may keep records longer and have more partitions, but the timestamp type of what the detector reads is not a matter of
 * taste: its clock is made of it.
 *
 * <p>Replication is a matter of the cluster and not said here.
 */
public enum Topic {
    /** Requests for authorization and their answers. */
    AUTHORIZATIONS("authorizations", RecordType.AUTHORIZATION, Use.FEED, Duration.ofDays(7)),
    /** Capture messages. */
    CAPTURES("captures", RecordType.CAPTURE, Use.FEED, Duration.ofDays(7)),
    /** Funds that moved, or refused to. */
    SETTLEMENTS("settlements", RecordType.SETTLEMENT, Use.FEED, Duration.ofDays(7)),
    /** Voids, reversals and refunds. */
    REVERSALS("reversals", RecordType.REVERSAL, Use.FEED, Duration.ofDays(7)),
    /** How commands ended. A feed with pulses, for a command without an outcome is something wrong. */
    OUTCOMES("outcomes", RecordType.OUTCOME, Use.FEED, Duration.ofDays(30)),
    /** Payments that may repeat another one. Nothing is concluded from their absence: no pulses. */
    SUSPICIONS("suspicions", RecordType.SUSPICION, Use.FOUND, Duration.ofDays(7)),
    /** Settings by scope, the newest of each for ever. One partition: they are few, and then in one order for all. */
    POLICIES("policies", RecordType.POLICY, Use.SETTINGS, null),
    /** Changes of alerts; kept longer than any payment is remembered (forgetAfter, 90 days by default). */
    ALERTS("alerts", RecordType.ALERT, Use.LATEST, Duration.ofDays(120)),
    /** Commands to reverse, refund or adjust. */
    REVERSAL_COMMANDS("reversal-commands", RecordType.COMMAND, Use.RESULT, Duration.ofDays(30)),
    /** Commands to ask once more for a capture or a settlement. */
    RETRY_COMMANDS("retry-commands", RecordType.COMMAND, Use.RESULT, Duration.ofDays(30)),
    /** Records that were refused: their original bytes, under their own key; the rest is in the headers. */
    DEAD_LETTERS("dead-letters", null, Use.RESULT, Duration.ofDays(30)),
    /**
     * What people did with dead letters, the newest of each for ever: a letter that is kept longer than its mark would be
     * sent back twice. One partition: they are few.
     */
    REDRIVEN("redriven", RecordType.REDRIVEN, Use.MARKS, null);

    /** What names begin with unless configured otherwise. */
    public static final String DEFAULT_PREFIX = "tillwatch.";

    /** Kafka's own limits for the name of a topic. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** For feeds: Kafka's default, far above the 64 KiB from which on a record is refused. */
    private static final int FEED_MESSAGE_BYTES_MAX = 1024 * 1024;

    /** A dead letter is what came in and its headers; an alert carries evidence. */
    private static final int RESULT_MESSAGE_BYTES_MAX = 2 * 1024 * 1024;

    private final String baseName;
    /** Unchanging, though Avro's classes within do not say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final RecordType<?> recordOrNull;

    private final Use use;
    private final Duration retentionOrNull;

    Topic(String baseName, RecordType<?> recordOrNull, Use use, Duration retentionOrNull) {
        this.baseName = baseName;
        this.recordOrNull = recordOrNull;
        this.use = use;
        this.retentionOrNull = retentionOrNull;
    }

    /** The name without a prefix; also that of its JSON lines. */
    public String baseName() {
        return baseName;
    }

    /**
     * The name in a cluster.
     *
     * @param prefix usually {@link #DEFAULT_PREFIX}; may be empty
     * @throws IllegalArgumentException if Kafka would not take the name
     */
    public String name(String prefix) {
        String name = prefix + baseName;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("topic name \"" + name
                    + "\" is not 1 to 249 letters, digits, dots, hyphens and underscores: change the topic prefix");
        }
        return name;
    }

    /** What it holds; empty for dead letters, which hold whatever came in. */
    public Optional<RecordType<?>> recordType() {
        return Optional.ofNullable(recordOrNull);
    }

    public int defaultPartitions() {
        return use == Use.SETTINGS || use == Use.MARKS ? 1 : 12;
    }

    public CleanupPolicy cleanupPolicy() {
        return switch (use) {
            case FEED, FOUND, RESULT -> CleanupPolicy.DELETE;
            case LATEST -> CleanupPolicy.COMPACT_DELETE;
            case SETTINGS, MARKS -> CleanupPolicy.COMPACT;
        };
    }

    /** How long a record is kept at least; empty: the newest of each key for ever. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retentionOrNull);
    }

    /** Whose clock a record's timestamp is. */
    public TimestampType timestampType() {
        return switch (use) {
            case FEED, FOUND, SETTINGS -> TimestampType.LOG_APPEND_TIME;
            case LATEST, RESULT, MARKS -> TimestampType.CREATE_TIME;
        };
    }

    /** Whether pulses are written to each of its partitions, because the detector's clock waits for it. */
    public boolean pulsed() {
        return use == Use.FEED;
    }

    /** The configuration to create it with, by Kafka's names. */
    public Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", cleanupPolicy().kafkaName());
        retention().ifPresent(time -> config.put("retention.ms", Long.toString(time.toMillis())));
        config.put("message.timestamp.type", timestampType().kafkaName());
        config.put("max.message.bytes", Integer.toString(messageBytesMax()));
        return config;
    }

    /** How large a record may be, in bytes; a producer's {@code max.request.size} must allow it. */
    public int messageBytesMax() {
        return switch (use) {
            case FEED, FOUND, SETTINGS, MARKS -> FEED_MESSAGE_BYTES_MAX;
            case LATEST, RESULT -> RESULT_MESSAGE_BYTES_MAX;
        };
    }

    /** What a topic is for, from which the rest follows. */
    private enum Use {
        /** Read by the detector, whose clock waits for it. */
        FEED,
        /** Read by the detector without waiting. */
        FOUND,
        /** Read by the detector as it is, whenever it changes. */
        SETTINGS,
        /** Written by the detector; the newest of each key counts. */
        LATEST,
        /** Written by the detector, each record counts. */
        RESULT,
        /** What people did; the newest of each key counts. Not read by the detector. */
        MARKS
    }

    /** What becomes of old records. */
    public enum CleanupPolicy {
        DELETE("delete"),
        COMPACT("compact"),
        COMPACT_DELETE("compact,delete");

        private final String kafkaName;

        CleanupPolicy(String kafkaName) {
            this.kafkaName = kafkaName;
        }

        public String kafkaName() {
            return kafkaName;
        }
    }

    /** Whose clock a record's timestamp is. */
    public enum TimestampType {
        /** The broker's, when the record was appended: time of arrival. */
        LOG_APPEND_TIME("LogAppendTime"),
        /** The writer's. */
        CREATE_TIME("CreateTime");

        private final String kafkaName;

        TimestampType(String kafkaName) {
            this.kafkaName = kafkaName;
        }

        public String kafkaName() {
            return kafkaName;
        }
    }
}
