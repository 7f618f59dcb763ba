package io.tillwatch.cli.redrive;

import io.tillwatch.jobs.kafka.Keys;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes parcels of letters: each is what the jobs will take, or there is a reason why not. For one thread. */
final class Checks {

    private final Map<Feed, FeedFormat<?>> formats = new EnumMap<>(Feed.class);
    private final long nowMillis;

    /**
     * @param wire as the feeds are written
     * @param prefix of their topics
     * @param newerWriters schemas that the jobs were given, too
     * @param nowMillis when what is sent will arrive, near enough
     */
    Checks(Wire wire, String prefix, Collection<Schema> newerWriters, long nowMillis) {
        for (Feed feed : Feed.values()) {
            formats.put(feed, FeedFormat.of(feed, wire, prefix, newerWriters));
        }
        this.nowMillis = nowMillis;
    }

    /** Of the letter's feed; null if this build does not know it. */
    FeedFormat<?> formatOrNull(Letter letter) {
        return letter.feed().map(formats::get).orElse(null);
    }

    Original original(Letter letter) {
        return Original.of(letter, formatOrNull(letter));
    }

    /** A letter as it is, now that the reader can read it. */
    sealed interface AsIs {
        record Taken(Parcel parcel) implements AsIs {}

        /** @param why for people */
        record RefusedAgain(LetterId id, String why) implements AsIs {}
    }

    AsIs asIs(Letter letter) {
        FeedFormat<?> format = formatOrNull(letter);
        if (format == null) {
            return new AsIs.RefusedAgain(letter.id(), Remedies.of(letter));
        }
        if (letter.withheld()) {
            return new AsIs.RefusedAgain(letter.id(), "its bytes were not kept: they held a card number");
        }
        Refusal refusal = format.refusalOf(letter.keyOrNull(), letter.valueOrNull(), nowMillis);
        if (refusal != null) {
            return new AsIs.RefusedAgain(letter.id(), refusal.code() + " " + refusal.reason());
        }
        SpecificRecordBase record =
                ((Decoded.Value<? extends SpecificRecordBase>) format.decode(letter.valueOrNull())).value();
        return new AsIs.Taken(new Parcel(
                letter.id(),
                letter.feed().orElseThrow(),
                letter.keyOrNull(),
                letter.valueOrNull(),
                (String) record.get("paymentId"),
                (String) record.get("eventId"),
                false,
                List.of(),
                List.of()));
    }

    /**
     * A line that was mended by hand.
     *
     * @param letterOrNull the letter that it names; null if there is none
     * @param changedIdentity whether it may be another event or another payment's
     * @param problems gets all that is wrong, with the number of the line
     */
    Optional<Parcel> mended(LetterFile.Line line, Letter letterOrNull, boolean changedIdentity, List<String> problems) {
        String where = "line " + line.number() + ": " + line.id().place() + ": ";
        if (letterOrNull == null) {
            problems.add(where + "is no dead letter here: look at --bootstrap and --topic-prefix; topics forget letters"
                    + " by their age");
            return Optional.empty();
        }
        FeedFormat<?> format = formatOrNull(letterOrNull);
        if (format == null) {
            problems.add(where + Remedies.of(letterOrNull));
            return Optional.empty();
        }
        int before = problems.size();
        for (Iterator<String> names = line.record().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            // A reader of feeds passes over what it does not know; by hand it is a slip of the pen.
            if (!format.fields().contains(name)) {
                problems.add(where + "record." + Veil.text(name) + ": " + format.recordName() + " has no such field");
            }
        }
        Decoded<? extends SpecificRecordBase> parsed = format.parse(LetterFile.bytes(line.record()));
        if (!(parsed instanceof Decoded.Value<? extends SpecificRecordBase> read)) {
            problems.add(where + "record." + ((Decoded.Unreadable<?>) parsed).reason());
            return Optional.empty();
        }
        Optional<Parcel> parcel = parcel(where, letterOrNull, format, read.value(), changedIdentity, problems);
        return problems.size() == before ? parcel : Optional.empty();
    }

    private Optional<Parcel> parcel(
            String where,
            Letter letter,
            FeedFormat<?> format,
            SpecificRecordBase record,
            boolean changedIdentity,
            List<String> problems) {
        Original original = Original.of(letter, format);
        SpecificRecordBase before = original instanceof Original.Known known ? known.record() : null;
        // What nobody touched goes back byte for byte, with all that a newer writer put in.
        boolean mended = !(original instanceof Original.Known known) || known.asJson() || !record.equals(before);
        String paymentId = (String) record.get("paymentId");
        byte[] key = paymentId.getBytes(StandardCharsets.UTF_8);
        byte[] value = mended ? format.encode(record) : letter.valueOrNull();
        Refusal refusal = format.refusalOf(key, value, nowMillis);
        if (refusal != null) {
            problems.add(where + "would be refused again: " + refusal.code() + " " + refusal.reason());
        }
        Mending mending = Mending.of(before, keyOrNull(letter), record);
        if (!mending.identity().isEmpty() && !changedIdentity) {
            problems.add(where + "is another record than what had come in (" + String.join("; ", mending.identity())
                    + "): put it back, or say --changed-identity if that is meant");
        }
        return Optional.of(new Parcel(
                letter.id(),
                letter.feed().orElseThrow(),
                key,
                value,
                paymentId,
                (String) record.get("eventId"),
                mended,
                mending.money(),
                mending.identity()));
    }

    /** The key as a payment's id; null where it is none. */
    private static String keyOrNull(Letter letter) {
        String key = Keys.text(letter.keyOrNull());
        return Admission.refusalOfKey(key) == null ? key : null;
    }

    /** All that would be sent, in the order of arrival. */
    static List<Parcel> inOrder(Collection<Parcel> parcels) {
        List<Parcel> sorted = new ArrayList<>(parcels);
        sorted.sort(Comparator.comparing(Parcel::id));
        return sorted;
    }
}
