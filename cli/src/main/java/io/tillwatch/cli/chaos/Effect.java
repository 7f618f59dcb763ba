package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an instruction did, by the acquirer's books.
 *
 * @param amount minor units; signed for an adjustment
 * @param at milliseconds since the epoch
 */
record Effect(
        long seq,
        String acquirerId,
        String paymentId,
        String captureId,
        String key,
        String action,
        long amount,
        String currency,
        long at) {

    static Effect of(JsonNode line) {
        return new Effect(
                line.path("seq").asLong(),
                line.path("acquirerId").asText(),
                line.path("paymentId").asText(),
                line.path("captureId").asText(null),
                line.path("key").asText(),
                line.path("action").asText(),
                line.path("amount").asLong(),
                line.path("currency").asText(),
                line.path("at").asLong());
    }
}
