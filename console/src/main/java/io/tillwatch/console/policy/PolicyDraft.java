package io.tillwatch.console.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Policy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as people write it: durations in ISO 8601, modes by their names, the rest as whole numbers. The rules' own check
 * decides whether the detector will take it.
 */
public final class PolicyDraft {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonLines<Policy> LINES = JsonLines.of(RecordType.POLICY);
    private static final String SCOPE = "[\\x21-\\x7e]{1,128}";

    private PolicyDraft() {}

    /** The record, or all that is wrong with what was written. */
    public sealed interface Result {
        record Good(Policy policy) implements Result {}

        record Bad(List<String> problems) implements Result {}
    }

    /** @param texts by the settings' names; what is missing or blank is not set */
    public static Result read(String scope, Map<String, String> texts) {
        List<String> problems = new ArrayList<>();
        Map<Setting, Long> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String text = texts.getOrDefault(setting.settingName(), "").strip();
            if (!text.isEmpty()) {
                try {
                    values.put(setting, value(setting, text));
                } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException e) {
                    problems.add(setting.settingName() + ": " + wanted(setting));
                }
            }
        }
        if (!isScope(scope)) {
            problems.add("scope: must be *, acquirer:ID or merchant:ID, without blanks, at most 128 characters");
        } else {
            problems.addAll(new PolicyChange(scope, values).problems());
        }
        if (values.isEmpty() && problems.isEmpty()) {
            problems.add("nothing is set; to set nothing, return the scope to the wider ones");
        }
        return problems.isEmpty() ? new Result.Good(record(scope, values)) : new Result.Bad(problems);
    }

    /** Whether it can be a scope at all. */
    public static boolean isScope(String scope) {
        return scope.matches(SCOPE)
                && new PolicyChange(scope, Map.of()).problems().isEmpty();
    }

    private static long value(Setting setting, String text) {
        return switch (setting.kind()) {
            case DURATION -> Duration.parse(text).toMillis();
            case MODE -> Mode.valueOf(text).ordinal();
            case AMOUNT, PERCENT, COUNT -> Long.parseLong(text);
        };
    }

    private static String wanted(Setting setting) {
        return switch (setting.kind()) {
            case DURATION -> "is no ISO 8601 duration, such as PT10M";
            case MODE -> "is none of " + List.of(Mode.values());
            case AMOUNT, PERCENT, COUNT -> "is no whole number";
        };
    }

    private static Policy record(String scope, Map<Setting, Long> values) {
        ObjectNode node = JSON.createObjectNode().put("scope", scope);
        values.forEach((setting, value) -> {
            if (setting.kind() == Setting.Kind.MODE) {
                node.put(setting.settingName(), Mode.values()[value.intValue()].name());
            } else {
                node.put(setting.settingName(), value);
            }
        });
        if (LINES.read(node.toString()).record() instanceof Decoded.Value<Policy> good) {
            return good.value();
        }
        throw new IllegalStateException("the rules know a setting that the schema of a policy does not");
    }

    /** What a policy's JSON line sets, as people write it, by the settings' names in their order. */
    public static Map<String, String> texts(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the projection holds a policy that is no JSON: rebuild it", e);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            JsonNode value = node.path(setting.settingName());
            if (!value.isMissingNode() && !value.isNull()) {
                texts.put(
                        setting.settingName(),
                        setting.kind() == Setting.Kind.MODE ? value.asText() : text(setting, value.asLong()));
            }
        }
        return texts;
    }

    /** A value as people write it. */
    public static String text(Setting setting, long value) {
        return switch (setting.kind()) {
            case DURATION -> Duration.ofMillis(value).toString();
            case MODE -> Mode.values()[(int) value].name();
            case AMOUNT, PERCENT, COUNT -> Long.toString(value);
        };
    }
}
