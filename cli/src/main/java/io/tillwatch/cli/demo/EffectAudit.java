package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.traffic.acquirer.Effect;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an instruction had more than one effect, by the acquirer's own books: more than one effect under one key, or of a
 * payment more given back by instructions than was ever authorized or captured.
 */
final class EffectAudit {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EffectAudit() {}

    /**
     * How many effects are too many.
     *
     * @param ledgerLines the acquirer's books, a payment a line
     */
    static long moreThanOnce(List<Effect> effects, List<String> ledgerLines) {
        Map<String, Integer> byKey = new HashMap<>();
        Map<String, Long> givenBack = new HashMap<>();
        long tooMany = 0;
        for (Effect effect : effects) {
            if (byKey.merge(effect.acquirerId() + " " + effect.key(), 1, Integer::sum) > 1) {
                tooMany++;
            }
            if (effect.action() == Action.REVERSE || effect.action() == Action.REFUND) {
                givenBack.merge(effect.acquirerId() + " " + effect.paymentId(), effect.amount(), Math::addExact);
            }
        }
        for (String line : ledgerLines) {
            tooMany += line.isBlank() || !returnsTooMuch(line, givenBack) ? 0 : 1;
        }
        return tooMany;
    }

    private static boolean returnsTooMuch(String line, Map<String, Long> givenBack) {
        try {
            JsonNode books = JSON.readTree(line);
            Long returned = givenBack.get(books.required("acquirerId").asText() + " "
                    + books.required("paymentId").asText());
            return returned != null
                    && returned > Math.max(taken(books.path("authorizations")), taken(books.path("captures")));
        } catch (IOException e) {
            throw new IllegalStateException("the acquirer's books cannot be read", e);
        }
    }

    private static long taken(JsonNode lines) {
        long sum = 0;
        for (JsonNode line : lines) {
            if (!line.path("status").asText().equals("DECLINED")) {
                sum = Math.addExact(sum, line.path("amount").asLong());
            }
        }
        return sum;
    }
}
