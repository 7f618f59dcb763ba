package io.tillwatch.query.snapshot;

import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.table.Table;
import io.tillwatch.schemas.topic.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.duckdb.DuckDBConnection;

/**
 * Reads what the topics hold now and the tables do not. Rows and the offsets up to which they were read are committed
 * together, every so often, so that a reading that breaks off goes on where it was and nothing is there twice.
 */
final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration NOTHING_WITHIN = Duration.ofSeconds(60);
    /** Some seconds' worth: what is lost if the reading breaks off, and what a transaction holds in memory. */
    private static final long RECORDS_A_COMMIT = 250_000;

    private final DuckDBConnection connection;
    private final Map<String, Object> kafka;
    private final String prefix;
    private final Progress progress;

    TopicReader(DuckDBConnection connection, Map<String, Object> kafka, String prefix, Progress progress) {
        this.connection = connection;
        this.kafka = Map.copyOf(kafka);
        this.prefix = prefix;
        this.progress = progress;
    }

    /** Reads up to the present end of each topic, and no further. */
    void read() throws SQLException {
        Map<Topic, TopicState> present = TopicState.of(kafka, prefix);
        connection.setAutoCommit(false);
        Map<TopicPartition, Long> next = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Topic topic : Topic.values()) {
            TopicState state = present.get(topic);
            if (state == null) {
                progress.notice("There is no topic " + topic.name(prefix) + ": nothing new is read from it");
            } else {
                plan(topic, state, next, ends);
            }
        }
        connection.commit();
        readAll(present, next, ends);
        connection.setAutoCommit(true);
    }

    private void plan(Topic topic, TopicState state, Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends)
            throws SQLException {
        Map<Integer, Long> known = known(topic, state);
        String name = topic.name(prefix);
        long missed = 0;
        for (Map.Entry<Integer, TopicState.Range> partition : state.ranges().entrySet()) {
            TopicPartition place = new TopicPartition(name, partition.getKey());
            TopicState.Range range = partition.getValue();
            Long seen = known.get(partition.getKey());
            long from = seen == null ? range.first() : Math.max(seen, range.first());
            missed += seen == null ? 0 : Math.max(0, range.first() - seen);
            if (from < range.end()) {
                next.put(place, from);
                ends.put(place, range.end());
            }
        }
        if (missed > 0) {
            progress.notice("Topic " + name + " dropped up to " + missed
                    + " records by their age before they were read: ask more often than its retention");
        }
    }

    /** Up to where it was read; nothing if the topic is another one than it was, whose rows are then gone. */
    private Map<Integer, Long> known(Topic topic, TopicState state) throws SQLException {
        Map<Integer, Long> known = new HashMap<>();
        boolean another = false;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT partition, topicId, nextOffset FROM positions WHERE topic = ?")) {
            select.setString(1, topic.baseName());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    TopicState.Range range = state.ranges().get(rows.getInt(1));
                    another |= !rows.getString(2).equals(state.topicId())
                            || range == null
                            || range.end() < rows.getLong(3);
                    known.put(rows.getInt(1), rows.getLong(3));
                }
            }
        }
        if (!another) {
            return known;
        }
        progress.notice(
                "Topic " + topic.name(prefix) + " was made anew since it was read: it is read from its beginning");
        forget(topic, Table.of(topic).sqlName());
        forget(topic, "positions");
        return Map.of();
    }

    private void forget(Topic topic, String table) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE topic = ?")) {
            delete.setString(1, topic.baseName());
            delete.executeUpdate();
        }
    }

    private void readAll(Map<Topic, TopicState> present, Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends)
            throws SQLException {
        long total =
                next.keySet().stream().mapToLong(p -> ends.get(p) - next.get(p)).sum();
        long read = 0;
        long keptOut = 0;
        if (total > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                    Appenders appenders = new Appenders(connection, prefix, Wire.of(kafka))) {
                consumer.assign(next.keySet());
                next.forEach(consumer::seek);
                long committedAt = 0;
                long heardAt = System.nanoTime();
                while (next.keySet().stream().anyMatch(p -> next.get(p) < ends.get(p))) {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        TopicPartition place = new TopicPartition(record.topic(), record.partition());
                        if (record.offset() < ends.get(place)) {
                            read++;
                            keptOut += appenders.take(record) ? 0 : 1;
                        }
                    }
                    // Offsets without a record, of transactions or compacted away, are passed too.
                    boolean moved = advance(consumer, next, ends);
                    heardAt = moved ? System.nanoTime() : heardAt;
                    requireAnswer(heardAt, read, total);
                    if (read - committedAt >= RECORDS_A_COMMIT) {
                        commit(appenders, present, next);
                        committedAt = read;
                    }
                    progress.read(read, total);
                }
                commit(appenders, present, next);
            }
        }
        progress.upToDate(read, keptOut);
    }

    private static boolean advance(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
        boolean moved = false;
        for (Map.Entry<TopicPartition, Long> place : next.entrySet()) {
            long position = Math.min(consumer.position(place.getKey()), ends.get(place.getKey()));
            moved |= position > place.getValue();
            place.setValue(position);
            if (position >= ends.get(place.getKey()) && !consumer.paused().contains(place.getKey())) {
                consumer.pause(Set.of(place.getKey()));
            }
        }
        return moved;
    }

    private static void requireAnswer(long heardAtNanos, long read, long total) {
        if (System.nanoTime() - heardAtNanos > NOTHING_WITHIN.toNanos()) {
            throw new SnapshotException("Kafka gave nothing for " + NOTHING_WITHIN.toSeconds() + " s after " + read
                    + " of " + total + " records: look for brokers that are down; what was committed is kept");
        }
    }

    private void commit(Appenders appenders, Map<Topic, TopicState> present, Map<TopicPartition, Long> next)
            throws SQLException {
        appenders.flush();
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<TopicPartition, Long> place : next.entrySet()) {
                Topic topic = appenders.topic(place.getKey().topic());
                upsert.setString(1, topic.baseName());
                upsert.setInt(2, place.getKey().partition());
                upsert.setString(3, present.get(topic).topicId());
                upsert.setLong(4, place.getValue());
                upsert.executeUpdate();
            }
        }
        connection.commit();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", "20000");
        settings.putIfAbsent("max.partition.fetch.bytes", Integer.toString(8 << 20));
        settings.putIfAbsent("client.id", "tillwatch-query");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** One for each topic that has records to be read. */
    private static final class Appenders implements AutoCloseable {

        private final DuckDBConnection connection;
        private final Wire wire;
        private final Map<String, Topic> topics = new HashMap<>();
        private final Map<Topic, RowAppender> open = new EnumMap<>(Topic.class);

        Appenders(DuckDBConnection connection, String prefix, Wire wire) {
            this.connection = connection;
            this.wire = wire;
            for (Topic topic : Topic.values()) {
                topics.put(topic.name(prefix), topic);
            }
        }

        Topic topic(String name) {
            return topics.get(name);
        }

        boolean take(ConsumerRecord<byte[], byte[]> record) throws SQLException {
            Topic topic = topic(record.topic());
            RowAppender appender = open.get(topic);
            if (appender == null) {
                appender = new RowAppender(connection, topic, wire);
                open.put(topic, appender);
            }
            return appender.take(record);
        }

        void flush() throws SQLException {
            for (RowAppender appender : open.values()) {
                appender.flush();
            }
        }

        @Override
        public void close() throws SQLException {
            for (RowAppender appender : open.values()) {
                appender.close();
            }
        }
    }

    /** Makes what is read into; in a new file. */
    static void define(Connection connection, String layout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Table table : Table.values()) {
                statement.execute(Definition.of(table));
            }
            for (String view : Views.definitions()) {
                statement.execute(view);
            }
            statement.execute("CREATE TABLE positions (topic VARCHAR, partition INTEGER, topicId VARCHAR,"
                    + " nextOffset BIGINT, PRIMARY KEY (topic, partition))");
            statement.execute("CREATE TABLE layout AS SELECT '" + layout + "' AS fingerprint");
        }
    }
}
