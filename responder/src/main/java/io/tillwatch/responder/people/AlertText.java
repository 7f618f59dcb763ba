package io.tillwatch.responder.people;

import io.tillwatch.rules.admission.CardNumbers;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * Looks for card numbers in what an alert says. The jobs let none in; this is for what else may be in the topic, for an alert
 * is kept whole, evidence included.
 */
final class AlertText {

    private AlertText() {}

    /** Whether any text of it, however deep, holds one of a card scheme. */
    static boolean holdsCardNumber(IndexedRecord record) {
        for (int field = 0; field < record.getSchema().getFields().size(); field++) {
            if (holds(record.get(field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Object value) {
        if (value instanceof CharSequence text) {
            return CardNumbers.ofSchemeWithin(text);
        } else if (value instanceof IndexedRecord record) {
            return holdsCardNumber(record);
        } else if (value instanceof Collection<?> values) {
            return values.stream().anyMatch(AlertText::holds);
        } else if (value instanceof Map<?, ?> entries) {
            return entries.entrySet().stream().anyMatch(entry -> holds(entry.getKey()) || holds(entry.getValue()));
        }
        return false;
    }
}
