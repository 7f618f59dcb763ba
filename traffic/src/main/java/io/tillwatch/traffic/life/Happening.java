package io.tillwatch.traffic.life;

import io.tillwatch.traffic.acquirer.AcquirerEvent;
import io.tillwatch.traffic.feed.Flaw;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Something that happens to a payment.
 *
 * @param told what the acquirer knows of it, or null
 * @param record makes what a feed says of it
 * @param flaw how the record is spoiled, or null
 */
record Happening(AcquirerEvent told, Written record, Flaw flaw) {

    /** Makes a record of what occurred at a time. */
    interface Written {
        SpecificRecordBase at(Instant occurredAt);
    }
}
