package io.tillwatch.catalog.source;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.jobs.kafka.Keys;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.table.DeadLetterRow;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads the records of one topic: of a feed, those that the detector lets in. */
final class TopicRecords {

    private final Topic topic;
    private final Feed feedOrNull;
    private final RecordReader<? extends SpecificRecordBase> readerOrNull;

    TopicRecords(Topic topic, Wire wire) {
        this.topic = topic;
        this.feedOrNull = Arrays.stream(Feed.values())
                .filter(feed -> FeedTypes.topic(feed) == topic)
                .findFirst()
                .orElse(null);
        this.readerOrNull = topic.recordType()
                .<RecordReader<? extends SpecificRecordBase>>map(wire::reader)
                .orElse(null);
    }

    String baseName() {
        return topic.baseName();
    }

    /** The record; null for a pulse and for what is refused or cannot be read. */
    SpecificRecordBase readOrNull(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        if (feedOrNull == null) {
            return valueOrNull(readerOrNull.read(record.value()));
        }
        // The gate asks for it only if its size allows.
        SpecificRecordBase[] read = new SpecificRecordBase[1];
        RecordOrigin origin = new RecordOrigin(feedOrNull, record.partition(), record.offset(), record.timestamp());
        Inbound inbound = Gate.admit(origin, key(record), record.key(), record.value(), () -> {
            Decoded<? extends SpecificRecordBase> decoded = readerOrNull.read(record.value());
            read[0] = valueOrNull(decoded);
            return decoded;
        });
        return inbound.deadLetter() == null ? read[0] : null;
    }

    /** What is told of a dead letter. */
    static List<Object> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String key = key(record);
        return DeadLetterRow.of(
                CardNumbers.ofSchemeWithin(key) ? null : key,
                record.value() == null ? null : (Integer) record.value().length,
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return Keys.text(record.key());
    }

    private static SpecificRecordBase valueOrNull(Decoded<? extends SpecificRecordBase> decoded) {
        return decoded instanceof Decoded.Value<? extends SpecificRecordBase> value ? value.value() : null;
    }
}
