package io.tillwatch.schemas.table;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables that topics are read into, one row a record. What people ask is mostly the present state of things, which each
 * engine makes of these tables in views of its own.
 */
public enum Table {
    AUTHORIZATION_LOG("authorization_log", Topic.AUTHORIZATIONS),
    CAPTURE_LOG("capture_log", Topic.CAPTURES),
    SETTLEMENT_LOG("settlement_log", Topic.SETTLEMENTS),
    REVERSAL_LOG("reversal_log", Topic.REVERSALS),
    OUTCOME_LOG("outcome_log", Topic.OUTCOMES),
    SUSPICION_LOG("suspicion_log", Topic.SUSPICIONS),
    POLICY_HISTORY("policy_history", Topic.POLICIES),
    ALERT_HISTORY("alert_history", Topic.ALERTS),
    COMMAND_HISTORY("command_history", Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS),
    DEAD_LETTERS("dead_letters", Topic.DEAD_LETTERS),
    REDRIVEN_HISTORY("redriven_history", Topic.REDRIVEN);

    /** Where a record stands: its topic without prefix, and its timestamp. */
    private static final List<Column> PLACE = List.of(
            Column.of("topic", Column.Kind.TEXT, true),
            Column.of("topicPartition", Column.Kind.INT, true),
            Column.of("topicOffset", Column.Kind.LONG, true),
            Column.of("writtenAt", Column.Kind.TIME, true));

    private static final List<Column> REMOVED = List.of(Column.of("removed", Column.Kind.TRUTH, true));

    private final String sqlName;
    /** Unchanging, though its type does not say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Topic> topics;

    Table(String sqlName, Topic... topics) {
        this.sqlName = sqlName;
        this.topics = List.of(topics);
    }

    /** The one that a topic is read into. */
    public static Table of(Topic topic) {
        return Arrays.stream(values())
                .filter(table -> table.topics.contains(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table holds the topic " + topic));
    }

    public String sqlName() {
        return sqlName;
    }

    /** What it is read from. */
    public List<Topic> topics() {
        return topics;
    }

    /** Whether a null value takes a row back, and must be kept to tell so. */
    public boolean keepsRemovals() {
        return this == POLICY_HISTORY;
    }

    /** Where a record stands; the first columns of every table. */
    public static List<Column> place() {
        return PLACE;
    }

    /** The record's own columns; none for dead letters, which hold whatever came in. */
    public List<Column> fields() {
        return topics.get(0)
                .recordType()
                .map(RecordType::schema)
                .map(Column::of)
                .orElse(List.of());
    }

    /** What stands behind the record's own columns: {@code removed}, or all that is told of a dead letter. */
    public List<Column> added() {
        if (this == DEAD_LETTERS) {
            return DeadLetterRow.COLUMNS;
        }
        return keepsRemovals() ? REMOVED : List.of();
    }

    /** All of them, in their order. */
    public List<Column> columns() {
        return Stream.of(PLACE, fields(), added()).flatMap(List::stream).toList();
    }
}
