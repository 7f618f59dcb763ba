package io.tillwatch.rules.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a case's JSON lines into facts. */
final class CaseFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CaseFiles() {}

    static List<Fact> facts(Path folder) {
        List<Fact> facts = new ArrayList<>();
        facts.addAll(lines(folder, "authorizations", CaseFiles::authorization));
        facts.addAll(lines(folder, "captures", CaseFiles::capture));
        facts.addAll(lines(folder, "settlements", CaseFiles::settlement));
        facts.addAll(lines(folder, "reversals", CaseFiles::reversal));
        facts.addAll(lines(folder, "outcomes", CaseFiles::outcome));
        return facts;
    }

    static Map<String, PolicyChange> policies(Path folder) {
        Map<String, PolicyChange> policies = new HashMap<>();
        for (PolicyChange change : lines(folder, "policies", CaseFiles::policy)) {
            policies.put(change.scope(), change);
        }
        return policies;
    }

    static <T> List<T> lines(Path folder, String name, Function<JsonNode, T> read) {
        try {
            List<T> read0 = new ArrayList<>();
            for (String line : Files.readAllLines(folder.resolve(name + ".jsonl"))) {
                read0.add(read.apply(JSON.readTree(line)));
            }
            return read0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Authorization authorization(JsonNode n) {
        return new Authorization(
                common(n),
                Authorization.Kind.valueOf(text(n, "kind")),
                Authorization.Status.valueOf(text(n, "status")),
                Authorization.CaptureMode.valueOf(text(n, "captureMode")),
                text(n, "cardToken"),
                text(n, "authCode"),
                text(n, "stan"),
                text(n, "rrn"));
    }

    private static Capture capture(JsonNode n) {
        return new Capture(
                common(n),
                text(n, "captureId"),
                Capture.Status.valueOf(text(n, "status")),
                !n.has("last") || n.get("last").asBoolean());
    }

    private static Settlement settlement(JsonNode n) {
        return new Settlement(
                common(n),
                text(n, "settlementId"),
                text(n, "captureId"),
                Settlement.Status.valueOf(text(n, "status")),
                n.path("fee").asLong(),
                text(n, "batchId"));
    }

    private static Reversal reversal(JsonNode n) {
        return new Reversal(
                common(n),
                text(n, "reversalId"),
                Reversal.Kind.valueOf(text(n, "kind")),
                Reversal.Status.valueOf(text(n, "status")),
                text(n, "captureId"),
                text(n, "commandId"),
                text(n, "cardToken"),
                n.hasNonNull("originalAmount") ? n.get("originalAmount").asLong() : null);
    }

    private static Outcome outcome(JsonNode n) {
        return new Outcome(
                text(n, "eventId"),
                text(n, "commandId"),
                text(n, "paymentId"),
                n.get("occurredAt").asLong(),
                arrivedAt(n),
                Outcome.Result.valueOf(text(n, "result")),
                n.get("amount").asLong(),
                text(n, "currency"),
                text(n, "captureId"),
                text(n, "detail"));
    }

    private static FeedRecord.Common common(JsonNode n) {
        return new FeedRecord.Common(
                text(n, "eventId"),
                text(n, "paymentId"),
                n.get("occurredAt").asLong(),
                arrivedAt(n),
                text(n, "acquirerId"),
                text(n, "merchantId"),
                text(n, "terminalId"),
                n.get("amount").asLong(),
                text(n, "currency"),
                text(n, "responseCode"));
    }

    private static PolicyChange policy(JsonNode n) {
        Map<Setting, Long> settings = new HashMap<>();
        for (Setting setting : Setting.values()) {
            JsonNode value = n.path(setting.settingName());
            if (value.isTextual()) {
                settings.put(setting, (long) Mode.valueOf(value.asText()).ordinal());
            } else if (value.isNumber()) {
                settings.put(setting, value.asLong());
            }
        }
        return new PolicyChange(text(n, "scope"), settings);
    }

    private static long arrivedAt(JsonNode n) {
        return n.get(n.hasNonNull("arrivedAt") ? "arrivedAt" : "occurredAt").asLong();
    }

    private static String text(JsonNode n, String field) {
        return n.hasNonNull(field) ? n.get(field).asText() : null;
    }
}
