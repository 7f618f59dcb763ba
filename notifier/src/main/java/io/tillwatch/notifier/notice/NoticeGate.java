package io.tillwatch.notifier.notice;

import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.wire.RecordReader;
import java.util.stream.Stream;

/**
 * What of the topic of alerts may be told to others: records that can be read and hold no card number in what would be told.
 * The jobs write no others; this is for what else may be in a topic. For one thread at a time.
 */
public final class NoticeGate {

    private static final int TEXT_LENGTH_MAX = 1_024;

    private final RecordReader<Alert> reader;

    /** @param reader of whatever formats are written */
    public NoticeGate(RecordReader<Alert> reader) {
        this.reader = reader;
    }

    /** What may be told, or why it may not. */
    public sealed interface Admitted {
        record In(Notice notice) implements Admitted {}

        /** @param reason names the field and its bounds, never what it holds */
        record PassedOver(String reason) implements Admitted {}
    }

    /** @param value of a record, not null */
    public Admitted admit(byte[] value) {
        Decoded<Alert> decoded = reader.read(value);
        if (decoded instanceof Decoded.Unreadable<Alert> unreadable) {
            return new Admitted.PassedOver("is no alert: " + unreadable.reason());
        }
        Alert alert = ((Decoded.Value<Alert>) decoded).value();
        return Stream.of(
                        bad("alertId", alert.getAlertId()),
                        bad("paymentId", alert.getPaymentId()),
                        bad("subject", alert.getSubject()),
                        bad("acquirerId", alert.getAcquirerId()),
                        bad("merchantId", alert.getMerchantId()),
                        bad("terminalId", alert.getTerminalId()),
                        bad("currency", alert.getCurrency()),
                        bad("commandId", alert.getCommandId()))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .<Admitted>map(Admitted.PassedOver::new)
                .orElseGet(() -> new Admitted.In(Notice.of(alert)));
    }

    private static String bad(String field, String textOrNull) {
        if (textOrNull == null) {
            return "";
        } else if (textOrNull.length() > TEXT_LENGTH_MAX) {
            return field + " is longer than " + TEXT_LENGTH_MAX + " characters";
        } else if (textOrNull.chars().anyMatch(Character::isISOControl)) {
            return field + " has control characters";
        }
        return CardNumbers.ofSchemeWithin(textOrNull) ? field + " holds a card number" : "";
    }
}
