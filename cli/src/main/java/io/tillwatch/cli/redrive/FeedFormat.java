package io.tillwatch.cli.redrive;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.FeedReader;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.wire.RecordWriter;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The records of one feed in the forms that they take here, read and judged as the jobs do. For one thread.
 *
 * @param <T> the feed's record
 */
final class FeedFormat<T extends SpecificRecordBase> {

    /** Fields in which any digits that pass the check are refused, whatever they begin with: see the gate. */
    private static final Set<String> FREE_TEXTS = Set.of("cardToken", "detail");

    private static final int NO_PLACE = -1;

    private final RecordType<T> type;
    private final FeedReader reader;
    private final JsonLines<T> lines;
    private final RecordWriter<T> writer;

    private FeedFormat(RecordType<T> type, FeedReader reader, RecordWriter<T> writer) {
        this.type = type;
        this.reader = reader;
        this.lines = JsonLines.of(type);
        this.writer = writer;
    }

    /**
     * @param wire as the feed is written
     * @param prefix of the topics
     * @param newerWriters schemas that the jobs were given, too
     */
    static FeedFormat<?> of(Feed feed, Wire wire, String prefix, Collection<Schema> newerWriters) {
        return of(feed, FeedTypes.recordType(feed), wire, prefix, newerWriters);
    }

    private static <T extends SpecificRecordBase> FeedFormat<T> of(
            Feed feed, RecordType<T> type, Wire wire, String prefix, Collection<Schema> newerWriters) {
        return new FeedFormat<>(
                type,
                new FeedReader(feed, wire.reader(type, newerWriters)),
                wire.writer(type, FeedTypes.topic(feed).name(prefix)));
    }

    String recordName() {
        return type.name();
    }

    /** What the record's fields are called. */
    Set<String> fields() {
        return type.schema().getFields().stream().map(Schema.Field::name).collect(Collectors.toUnmodifiableSet());
    }

    Decoded<? extends SpecificRecordBase> decode(byte[] value) {
        return reader.decode(value);
    }

    Decoded<? extends SpecificRecordBase> parse(byte[] json) {
        return lines.read(json).record();
    }

    String json(SpecificRecordBase record) {
        return lines.writeString(type.javaType().cast(record));
    }

    byte[] encode(SpecificRecordBase record) {
        return writer.write(type.javaType().cast(record));
    }

    /** Why the jobs would refuse a record that arrives at this time, or null when they would take it. */
    Refusal refusalOf(byte[] keyOrNull, byte[] valueOrNull, long arrivedAtMillis) {
        Inbound inbound = reader.read(NO_PLACE, NO_PLACE, arrivedAtMillis, keyOrNull, valueOrNull);
        return inbound.deadLetter() == null ? null : inbound.deadLetter().refusal();
    }

    /** Whether a field holds a card number: as the gate judges, so that what it lets in can be told here. */
    static boolean holdsCardNumber(SpecificRecordBase record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            if (record.get(field.pos()) instanceof String text) {
                boolean found =
                        FREE_TEXTS.contains(field.name()) ? CardNumbers.within(text) : CardNumbers.ofSchemeWithin(text);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }
}
