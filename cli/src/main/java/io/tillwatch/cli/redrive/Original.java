package io.tillwatch.cli.redrive;

import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.Decoded;
import org.apache.avro.specific.SpecificRecordBase;

/** What had come in, as far as it can be told. */
sealed interface Original {

    /** A record that was read and refused. */
    record Known(SpecificRecordBase record, boolean asJson) implements Original {}

    /** Bytes that are no record of the feed. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came, which nobody compares
    record Raw(byte[] bytes, String why) implements Original {}

    /** A null value that was no pulse. */
    record Empty() implements Original {}

    /** Nothing is told of it: it held a card number, or may. */
    record Withheld() implements Original {}

    /**
     * What this letter holds. A sender that writes JSON where Avro belongs is common, so that is tried too. Looked through
     * for card numbers once more: a letter may be older than a rule, or have been written by somebody else.
     *
     * @param formatOrNull of the letter's feed; null if this build does not know it
     */
    static Original of(Letter letter, FeedFormat<?> formatOrNull) {
        byte[] value = letter.valueOrNull();
        if (value == null) {
            return letter.withheld() ? new Withheld() : new Empty();
        }
        if (letter.error().equals("CARD_NUMBER") || CardNumbers.ofSchemeWithin(value)) {
            return new Withheld();
        }
        if (formatOrNull == null) {
            return raw(value, "is of a feed that this build does not know");
        }
        Decoded<? extends SpecificRecordBase> decoded = formatOrNull.decode(value);
        if (decoded instanceof Decoded.Value<? extends SpecificRecordBase> read) {
            return known(read.value(), false);
        }
        if (formatOrNull.parse(value) instanceof Decoded.Value<? extends SpecificRecordBase> read) {
            return known(read.value(), true);
        }
        return raw(value, ((Decoded.Unreadable<?>) decoded).reason());
    }

    private static Original known(SpecificRecordBase record, boolean asJson) {
        return FeedFormat.holdsCardNumber(record) ? new Withheld() : new Known(record, asJson);
    }

    private static Original raw(byte[] value, String why) {
        return CardNumbers.ofSchemeAnywhereWithin(value) ? new Withheld() : new Raw(value, why);
    }
}
