package io.tillwatch.query.snapshot;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that topics are read into, one row a record, each with its place: {@code topic}, {@code topicPartition},
 * {@code topicOffset} and {@code writtenAt}, the record's timestamp. The other columns are the record's fields by their own
 * names. What analysts ask is mostly the views over them: {@link Views}.
 */
enum Table {
    AUTHORIZATION_LOG("authorization_log", Topic.AUTHORIZATIONS),
    CAPTURE_LOG("capture_log", Topic.CAPTURES),
    SETTLEMENT_LOG("settlement_log", Topic.SETTLEMENTS),
    REVERSAL_LOG("reversal_log", Topic.REVERSALS),
    OUTCOME_LOG("outcome_log", Topic.OUTCOMES),
    SUSPICION_LOG("suspicion_log", Topic.SUSPICIONS),
    POLICY_HISTORY("policy_history", Topic.POLICIES),
    ALERT_HISTORY("alert_history", Topic.ALERTS),
    COMMAND_HISTORY("command_history", Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS),
    DEAD_LETTERS("dead_letters", Topic.DEAD_LETTERS);

    private final String sqlName;
    /** Unchanging, though its type does not say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Topic> topics;

    Table(String sqlName, Topic... topics) {
        this.sqlName = sqlName;
        this.topics = List.of(topics);
    }

    static Table of(Topic topic) {
        return Arrays.stream(values())
                .filter(table -> table.topics.contains(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table holds the topic " + topic));
    }

    String sqlName() {
        return sqlName;
    }

    /** Whether a null value takes a row back, and must be kept to tell so. */
    boolean keepsRemovals() {
        return this == POLICY_HISTORY;
    }

    /** The record's own columns; none for dead letters, which hold whatever came in. */
    List<Column> columns() {
        return topics.get(0)
                .recordType()
                .map(RecordType::schema)
                .map(Column::of)
                .orElse(List.of());
    }

    String definition() {
        List<String> columns = new ArrayList<>(List.of(
                "topic VARCHAR NOT NULL",
                "topicPartition INTEGER NOT NULL",
                "topicOffset BIGINT NOT NULL",
                "writtenAt TIMESTAMPTZ NOT NULL"));
        columns()
                .forEach(column ->
                        columns.add('"' + column.name() + "\" " + column.kind().sqlType()));
        if (keepsRemovals()) {
            columns.add("removed BOOLEAN NOT NULL");
        }
        if (this == DEAD_LETTERS) {
            columns.addAll(List.of(
                    "recordKey VARCHAR",
                    "feed VARCHAR",
                    "feedPartition INTEGER",
                    "feedOffset BIGINT",
                    "arrivedAt TIMESTAMPTZ",
                    "error VARCHAR",
                    "reason VARCHAR",
                    "valueBytes INTEGER"));
        }
        return columns.stream().collect(Collectors.joining(", ", "CREATE TABLE " + sqlName + " (", ")"));
    }
}
