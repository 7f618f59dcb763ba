package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.json.JsonLine;
import io.tillwatch.schemas.json.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Reads the lines of one feed's file into a spool, in the order of arrival and, within one time, of the lines. Every line
 * goes through the same gate as a record of the topic; its key is the line's {@code paymentId}.
 *
 * <p>A line arrives at its {@code arrivedAt}, else its {@code occurredAt}. One whose arrival is no time of our era is
 * refused. A refused line keeps its place in the order of arrival, for its payment is tainted from then on; but it says
 * little for itself, so its time is believed only if it is near that of the last good line, else it takes that one.
 */
final class FeedLoader {

    /** How far a refused line's time may lie from the last good line's: as far as a record's own times may. */
    private static final long BELIEVED_WITHIN_MILLIS = Duration.ofDays(40).toMillis();

    private static final byte[] ANY_ALLOWED = {};
    private static final byte[] TOO_LARGE = new byte[Admission.BYTES_MAX + 1];
    private static final int NO_PARTITION = -1;

    private final Feed feed;
    private final JsonLines<? extends SpecificRecordBase> lines;
    private final OptionalLong asOfMillis;
    private final TypeSerializer<Inbound> serializer = StreamCodec.INBOUND_TYPE.createSerializer(null);
    private final DataOutputSerializer key = new DataOutputSerializer(32);
    private final DataOutputSerializer value = new DataOutputSerializer(512);

    private long read;
    private long admitted;
    private long laterThanAsOf;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;
    private long lastAdmittedMillis = Long.MIN_VALUE;
    private long lastPlaceMillis;

    private FeedLoader(Feed feed, OptionalLong asOfMillis) {
        this.feed = feed;
        this.lines = JsonLines.of(FeedTypes.recordType(feed));
        this.asOfMillis = asOfMillis;
    }

    /**
     * What was found in a file.
     *
     * @param lines lines that are not blank
     * @param refused of these, those that are dead letters
     * @param laterThanAsOf of these, those that lie beyond the end of the replay, and are not in the spool
     * @param firstMillis the earliest arrival of those let in; after the last if there are none
     * @param lastMillis the latest arrival of those let in
     */
    record Loaded(Spool spool, long lines, long refused, long laterThanAsOf, long firstMillis, long lastMillis) {}

    /**
     * Reads a file.
     *
     * @param in the file's content, which is closed in the end
     * @param asOfMillis nothing that arrived later is taken
     */
    static Loaded load(Feed feed, InputStream in, Path spool, OptionalLong asOfMillis) throws IOException {
        FeedLoader loader = new FeedLoader(feed, asOfMillis);
        try (LineScanner scanner = new LineScanner(in, Admission.BYTES_MAX);
                SpoolWriter writer = new SpoolWriter(spool)) {
            while (scanner.next()) {
                loader.take(scanner, writer);
            }
        }
        return new Loaded(
                Spool.of(spool),
                loader.read,
                loader.read - loader.admitted - loader.laterThanAsOf,
                loader.laterThanAsOf,
                loader.firstMillis,
                loader.lastMillis);
    }

    private void take(LineScanner line, SpoolWriter writer) throws IOException {
        read++;
        JsonLine<? extends SpecificRecordBase> json = lines.read(line.buffer(), line.start(), line.kept());
        OptionalLong own = json.arrivedAtMillis();
        Inbound inbound = admit(line, json, own.isPresent() && ReplaySettings.inOurEra(own.getAsLong()));
        boolean refused = inbound.deadLetter() != null;
        long place = refused ? place(own) : inbound.arrivedAtMillis();
        lastPlaceMillis = place;
        if (asOfMillis.isPresent() && place > asOfMillis.getAsLong()) {
            laterThanAsOf++;
            return;
        }
        if (!refused) {
            admitted++;
            lastAdmittedMillis = place;
            firstMillis = Math.min(firstMillis, place);
            lastMillis = Math.max(lastMillis, place);
        }
        key.clear();
        EventKey.write(key, place, feed, line.number());
        value.clear();
        serializer.serialize(inbound, value);
        writer.add(key, value);
    }

    private Inbound admit(LineScanner line, JsonLine<? extends SpecificRecordBase> json, boolean timeInOurEra) {
        long arrivedAt = json.arrivedAtMillis().orElse(lastPlaceMillis);
        boolean tooLarge = line.length() > Admission.BYTES_MAX;
        Inbound inbound = Gate.admit(
                new RecordOrigin(feed, NO_PARTITION, line.number(), arrivedAt),
                json.keyOrNull(),
                null,
                tooLarge ? TOO_LARGE : ANY_ALLOWED,
                json::record);
        if (inbound.deadLetter() != null) {
            Refusal refusal = inbound.deadLetter().refusal();
            return refused(inbound, tooLarge ? tooLarge(line.length()) : refusal, line.number());
        }
        if (timeInOurEra) {
            return inbound;
        }
        Refusal refusal = new Refusal(
                Refusal.Code.BAD_TIME, "arrivedAt, else occurredAt: is no time from the year 1970 to 10888");
        return refused(inbound, refusal, line.number());
    }

    /** The same without what is not told of a line: its key and bytes. The payment is named by what it was. */
    private Inbound refused(Inbound inbound, Refusal refusal, long lineNumber) {
        DeadLetter letter = new DeadLetter(feed.topic(), NO_PARTITION, lineNumber, 0, refusal, null, null);
        return new Inbound(inbound.arrivedAtMillis(), inbound.event(), letter);
    }

    private static Refusal tooLarge(long bytes) {
        return new Refusal(Refusal.Code.TOO_LARGE, "record: has " + bytes + " bytes, more than " + Admission.BYTES_MAX);
    }

    /** Where a refused line stands in the order of arrival. */
    private long place(OptionalLong own) {
        boolean believed = own.isPresent()
                && ReplaySettings.inOurEra(own.getAsLong())
                && (lastAdmittedMillis == Long.MIN_VALUE
                        || Math.abs(own.getAsLong() - lastAdmittedMillis) <= BELIEVED_WITHIN_MILLIS);
        return believed ? own.getAsLong() : lastPlaceMillis;
    }
}
