package io.tillwatch.bench.streams;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** Decodes the records of a feed as the other contenders do. Kept by one task. */
final class FeedDecoder {

    private final Feed feed;
    private final RecordReader<? extends SpecificRecordBase> records;

    FeedDecoder(Feed feed) {
        this.feed = feed;
        this.records = RecordReader.ofAny(List.of(new SingleObject()), FeedTypes.recordType(feed));
    }

    /** What a record comes to. */
    Inbound read(byte[] value, String key, byte[] keyBytes, long atMillis) {
        RecordOrigin origin = new RecordOrigin(feed, 0, 0, atMillis);
        return Gate.admit(origin, key, keyBytes, value, () -> records.read(value));
    }
}
