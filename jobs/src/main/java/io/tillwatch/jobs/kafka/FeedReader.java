package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.wire.RecordReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What the jobs make of a record of a feed; whoever wants to know beforehand asks here too, and gets the same answer. For
 * one thread at a time.
 */
public final class FeedReader {

    private final Feed feed;
    private final RecordReader<? extends SpecificRecordBase> records;

    /** @param records of the feed's type, with the schemas of newer writers, if there are any: see {@link WriterSchemas} */
    public FeedReader(Feed feed, RecordReader<? extends SpecificRecordBase> records) {
        this.feed = feed;
        this.records = records;
    }

    /**
     * Admits or refuses a record that is no pulse. Never throws for what it is.
     *
     * @param arrivedAtMillis its timestamp
     */
    public Inbound read(int partition, long offset, long arrivedAtMillis, byte[] keyOrNull, byte[] valueOrNull) {
        RecordOrigin origin = new RecordOrigin(feed, partition, offset, arrivedAtMillis);
        return Gate.admit(origin, Keys.text(keyOrNull), keyOrNull, valueOrNull, () -> records.read(valueOrNull));
    }

    /** The record alone, whether or not it would be admitted. */
    public Decoded<? extends SpecificRecordBase> decode(byte[] value) {
        return records.read(value);
    }
}
