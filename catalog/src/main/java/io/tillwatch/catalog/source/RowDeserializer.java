package io.tillwatch.catalog.source;

import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.table.Column;
import io.tillwatch.schemas.table.NestedJson;
import io.tillwatch.schemas.table.Table;
import io.tillwatch.schemas.topic.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes rows of records. What the detector refuses, and what cannot be read, is no row. Of what only moves the clock comes an
 * empty row that says DELETE, to be filtered right behind the source.
 */
final class RowDeserializer implements KafkaRecordDeserializationSchema<RowData> {

    private final Table table;
    private final String prefix;
    private final RegistrySettings registry;
    private final int[] columns;
    private final TypeInformation<RowData> type;
    private transient Map<String, TopicRecords> topics;
    private transient List<Column> asked;

    /** @param columns which of the table's are made, in this order */
    RowDeserializer(
            Table table, String prefix, RegistrySettings registry, int[] columns, TypeInformation<RowData> type) {
        this.table = table;
        this.prefix = prefix;
        this.registry = registry;
        this.columns = columns.clone();
        this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        // A question that somebody waits for ends with what is wrong.
        Wire wire = Wire.of(registry);
        topics = new HashMap<>();
        for (Topic topic : table.topics()) {
            topics.put(topic.name(prefix), new TopicRecords(topic, wire));
        }
        List<Column> all = table.columns();
        asked = java.util.Arrays.stream(columns).mapToObj(all::get).toList();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out) {
        TopicRecords topic = topics.get(record.topic());
        SpecificRecordBase value = null;
        List<Object> added = List.of();
        if (table == Table.DEAD_LETTERS) {
            added = TopicRecords.deadLetter(record);
        } else if (table.keepsRemovals() && record.value() == null) {
            added = List.of(true);
        } else {
            value = topic.readOrNull(record);
            if (value == null) {
                out.collect(sign());
                return;
            }
            added = table.keepsRemovals() ? List.of(false) : added;
        }
        out.collect(row(record, topic.baseName(), value, added));
    }

    private RowData sign() {
        return new GenericRowData(RowKind.DELETE, columns.length);
    }

    private RowData row(
            ConsumerRecord<byte[], byte[]> record, String topic, SpecificRecordBase valueOrNull, List<Object> added) {
        int place = Table.place().size();
        int addedFrom = table.columns().size() - added.size();
        GenericRowData row = new GenericRowData(columns.length);
        for (int i = 0; i < columns.length; i++) {
            int column = columns[i];
            Object cell;
            if (column < place) {
                cell = place(record, topic, column);
            } else if (column >= addedFrom) {
                cell = added.get(column - addedFrom);
            } else if (valueOrNull == null) {
                // A removal names its scope, the record's key, and nothing else.
                cell = column == place ? TopicRecords.key(record) : null;
            } else {
                cell = asked.get(i).valueOrNull(valueOrNull);
            }
            row.setField(i, internal(asked.get(i).kind(), cell));
        }
        return row;
    }

    private static Object place(ConsumerRecord<byte[], byte[]> record, String topic, int column) {
        return switch (column) {
            case 0 -> topic;
            case 1 -> record.partition();
            case 2 -> record.offset();
            case 3 -> Instant.ofEpochMilli(record.timestamp());
            default -> throw new IllegalArgumentException("a place has no column " + column);
        };
    }

    private static Object internal(Column.Kind kind, Object cell) {
        if (cell == null) {
            return null;
        }
        return switch (kind) {
            case TEXT -> StringData.fromString(cell.toString());
            case NESTED -> StringData.fromString(NestedJson.of((IndexedRecord) cell));
            case TIME -> TimestampData.fromInstant((Instant) cell);
            case INT, LONG, TRUTH -> cell;
        };
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return type;
    }
}
