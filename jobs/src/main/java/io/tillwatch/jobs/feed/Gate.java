package io.tillwatch.jobs.feed;

import io.tillwatch.jobs.record.FactRecords;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.admission.Refusal.Code;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Taint;
import io.tillwatch.schemas.Decoded;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Lets a record in or sets it aside, the same for topics and for files. It never throws and never drops: what is not let
 * in is a dead letter, and taints the payment that its key names.
 */
public final class Gate {

    private Gate() {}

    /**
     * What a record comes to.
     *
     * @param key the record's key as text, or null when it has none
     * @param keyBytes the same as it came
     * @param value the record's bytes, or null when it has none
     * @param decoded reads the record; asked only if its size allows it
     */
    public static Inbound admit(
            RecordOrigin origin,
            String key,
            byte[] keyBytes,
            byte[] value,
            Supplier<? extends Decoded<? extends SpecificRecordBase>> decoded) {
        Refusal badKey = Admission.refusalOfKey(key);
        if (value == null) {
            Refusal nothing = new Refusal(Code.UNREADABLE, "record: has no value and is no pulse");
            return refused(origin, key, badKey, keyBytes, null, nothing, false);
        }
        if (value.length > Admission.BYTES_MAX) {
            Refusal tooLarge = new Refusal(
                    Code.TOO_LARGE, "record: has " + value.length + " bytes, more than " + Admission.BYTES_MAX);
            return refused(origin, key, badKey, keyBytes, value, tooLarge, CardNumbers.ofSchemeAnywhereWithin(value));
        }
        Decoded<? extends SpecificRecordBase> record = decoded.get();
        if (record instanceof Decoded.Value<? extends SpecificRecordBase> read) {
            Fact fact = FactRecords.fact(read.value(), origin.arrivedAtMillis());
            Refusal refusal = Admission.refusalOf(fact);
            if (refusal == null) {
                refusal = badKey;
            }
            if (refusal == null && !fact.paymentId().equals(key)) {
                refusal = new Refusal(Code.BAD_FIELD, "paymentId: differs from the record's key");
            }
            return refusal == null
                    ? new Inbound(origin.arrivedAtMillis(), fact, null)
                    : refused(origin, key, badKey, keyBytes, value, refusal, cardNumber(refusal, read.value(), value));
        }
        String reason = ((Decoded.Unreadable<?>) record).reason();
        Refusal unreadable = new Refusal(Code.UNREADABLE, reason);
        return refused(origin, key, badKey, keyBytes, value, unreadable, CardNumbers.ofSchemeAnywhereWithin(value));
    }

    /** Field by field as far as they are known; the bytes may hold fields of a newer writer. */
    private static boolean cardNumber(Refusal refusal, SpecificRecordBase record, byte[] value) {
        if (refusal.code() == Code.CARD_NUMBER || CardNumbers.ofSchemeWithin(value)) {
            return true;
        }
        for (int i = 0; i < record.getSchema().getFields().size(); i++) {
            if (record.get(i) instanceof String text && CardNumbers.ofSchemeWithin(text)) {
                return true;
            }
        }
        return false;
    }

    private static Inbound refused(
            RecordOrigin origin,
            String key,
            Refusal badKey,
            byte[] keyBytes,
            byte[] value,
            Refusal refusal,
            boolean cardNumber) {
        boolean cardNumberInKey = badKey != null && CardNumbers.ofSchemeWithin(keyBytes);
        DeadLetter deadLetter = new DeadLetter(
                origin.feed().topic(),
                origin.partition(),
                origin.offset(),
                origin.arrivedAtMillis(),
                refusal,
                cardNumberInKey ? null : keyBytes,
                cardNumber ? null : value);
        Taint taint = badKey == null ? new Taint(key, origin.arrivedAtMillis(), origin.feed()) : null;
        return new Inbound(origin.arrivedAtMillis(), taint, deadLetter);
    }
}
