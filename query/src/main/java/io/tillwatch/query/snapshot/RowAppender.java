package io.tillwatch.query.snapshot;

import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.table.Column;
import io.tillwatch.schemas.table.DeadLetterRow;
import io.tillwatch.schemas.table.NestedJson;
import io.tillwatch.schemas.table.Table;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends the records of one topic to its table. What does not get in is counted by the caller. */
final class RowAppender implements AutoCloseable {

    private static final List<String> FREE_TEXTS = List.of("cardToken", "detail");

    private final Topic topic;
    private final Table table;
    private final List<Column> columns;
    private final RecordReader<? extends SpecificRecordBase> readerOrNull;
    private final DuckDBAppender rows;

    RowAppender(DuckDBConnection connection, Topic topic, Wire wire) throws SQLException {
        this.topic = topic;
        this.table = Table.of(topic);
        this.columns = table.fields();
        this.readerOrNull = topic.recordType()
                .<RecordReader<? extends SpecificRecordBase>>map(wire::reader)
                .orElse(null);
        this.rows = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table.sqlName());
    }

    /**
     * Takes a record, or not: pulses are passed over.
     *
     * @return false if it is kept out, because it cannot be read or holds a card number
     */
    boolean take(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        if (readerOrNull == null) {
            appendDeadLetter(record);
            return true;
        }
        if (record.value() == null) {
            if (table.keepsRemovals() && record.key() != null) {
                appendRemoval(record);
            }
            return true;
        }
        if (!(readerOrNull.read(record.value()) instanceof Decoded.Value<? extends SpecificRecordBase> decoded)) {
            return false;
        }
        SpecificRecordBase value = decoded.value();
        // What a feed brought was refused for it; this snapshot must not keep what no topic of ours does.
        if (topic.pulsed() && holdsCardNumber(value)) {
            return false;
        }
        begin(record);
        for (Column column : columns) {
            append(column, column.valueOrNull(value));
        }
        if (table.keepsRemovals()) {
            rows.append(false);
        }
        rows.endRow();
        return true;
    }

    void flush() throws SQLException {
        rows.flush();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private boolean holdsCardNumber(SpecificRecordBase value) {
        for (Column column : columns) {
            if (column.kind() == Column.Kind.TEXT && column.valueOrNull(value) instanceof String text) {
                boolean found = FREE_TEXTS.contains(column.name())
                        ? CardNumbers.within(text)
                        : CardNumbers.ofSchemeWithin(text);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private void begin(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        rows.beginRow();
        rows.append(topic.baseName());
        rows.append(record.partition());
        rows.append(record.offset());
        rows.append(utc(record.timestamp()));
    }

    private void append(Column column, Object value) throws SQLException {
        if (value == null) {
            rows.appendNull();
            return;
        }
        switch (column.kind()) {
            case TEXT -> rows.append(value.toString());
            case INT -> rows.append(((Integer) value).intValue());
            case LONG -> rows.append(((Long) value).longValue());
            case TRUTH -> rows.append(((Boolean) value).booleanValue());
            case TIME -> rows.append(((Instant) value).atOffset(ZoneOffset.UTC));
            case NESTED -> rows.append(NestedJson.of((IndexedRecord) value));
        }
    }

    private void appendRemoval(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        begin(record);
        for (int i = 0; i < columns.size(); i++) {
            if (i == 0) {
                rows.append(new String(record.key(), StandardCharsets.UTF_8));
            } else {
                rows.appendNull();
            }
        }
        rows.append(true);
        rows.endRow();
    }

    private void appendDeadLetter(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        begin(record);
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        List<Object> told = DeadLetterRow.of(
                CardNumbers.ofSchemeWithin(key) ? null : key,
                record.value() == null ? null : (Integer) record.value().length,
                name -> headerOrNull(record, name));
        for (int i = 0; i < told.size(); i++) {
            append(table.added().get(i), told.get(i));
        }
        rows.endRow();
    }

    private static byte[] headerOrNull(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static OffsetDateTime utc(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
