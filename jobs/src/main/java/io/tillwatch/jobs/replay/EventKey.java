package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Taint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The order in which what arrived is taken: by arrival, then by feed, then by line. */
final class EventKey {

    private EventKey() {}

    static void write(DataOutputSerializer key, long arrivedAtMillis, Feed feed, long lineNumber) throws IOException {
        SortKey.number(key, arrivedAtMillis);
        key.write(feed.ordinal());
        SortKey.number(key, lineNumber);
    }

    /** For events that were found, which stand on no line. */
    static void write(DataOutputSerializer key, long arrivedAtMillis, Feed feed, String eventId) throws IOException {
        SortKey.number(key, arrivedAtMillis);
        key.write(feed.ordinal());
        SortKey.text(key, eventId);
    }

    static long arrivedAtMillis(ByteBuffer key) {
        return SortKey.number(key.getLong(0));
    }

    /** What was refused, moved to its place; of what was let in, the place is its arrival. */
    static Inbound at(long placeMillis, Inbound inbound) {
        if (inbound.deadLetter() == null) {
            return inbound;
        }
        Taint taint = inbound.event() == null
                ? null
                : new Taint(
                        inbound.event().paymentId(),
                        placeMillis,
                        inbound.event().feed());
        return new Inbound(placeMillis, taint, inbound.deadLetter());
    }
}
