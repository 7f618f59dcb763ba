package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.cli.chaos.Topics.Told;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.Reversal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is held against each other once everything is quiet.
 *
 * @param rows the journal's commands by commandId
 * @param attempts the journal's, by commandId
 * @param approvals when each was first approved, by commandId
 * @param effects by commandId; under "" those of a key that is no command's
 * @param books the acquirers' ledgers, by paymentId
 */
record Evidence(
        Deeds deeds,
        Map<String, Journal.Row> rows,
        Map<String, List<Journal.Attempt>> attempts,
        Map<String, Instant> approvals,
        AuditChain.Result audit,
        Map<String, List<Effect>> effects,
        Map<String, JsonNode> books,
        List<Told<Outcome>> outcomes,
        List<Told<Reversal>> reversals) {

    List<Effect> effects(String commandId) {
        return effects.getOrDefault(commandId, List.of());
    }

    /** Intents to send, in their order. */
    List<Journal.Attempt> sends(String commandId) {
        return attempts.getOrDefault(commandId, List.of()).stream()
                .filter(Journal.Attempt::send)
                .toList();
    }

    /** Effects by the command that asked for them: a key is the commandId, or its SHA-256 where that is too long. */
    static Map<String, List<Effect>> byCommand(List<Effect> effects, Iterable<String> commandIds) {
        Map<String, String> commandOf = new HashMap<>();
        for (String commandId : commandIds) {
            commandOf.put(commandId, commandId);
            commandOf.put(hash(commandId), commandId);
        }
        Map<String, List<Effect>> byCommand = new HashMap<>();
        for (Effect effect : effects) {
            byCommand
                    .computeIfAbsent(commandOf.getOrDefault(effect.key(), ""), id -> new ArrayList<>())
                    .add(effect);
        }
        return byCommand;
    }

    private static String hash(String commandId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(commandId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
