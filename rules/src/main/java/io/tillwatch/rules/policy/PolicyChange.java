package io.tillwatch.rules.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one scope sets; what it does not set comes from the next wider scope. An empty change returns the scope to what
 * the wider ones say.
 *
 * @param scope {@code *}, {@code acquirer:ID} or {@code merchant:ID}
 * @param settings the values set, in the units of {@link Setting}
 */
public record PolicyChange(String scope, Map<Setting, Long> settings) {

    /** The scope of all payments. */
    public static final String EVERYWHERE = "*";

    private static final String ACQUIRER = "acquirer:";
    private static final String MERCHANT = "merchant:";

    public PolicyChange {
        settings = settings.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(settings));
    }

    public static String acquirerScope(String acquirerId) {
        return ACQUIRER + acquirerId;
    }

    public static String merchantScope(String merchantId) {
        return MERCHANT + merchantId;
    }

    /** The acquirer of a scope, if it is one of an acquirer. */
    static Optional<String> acquirerOf(String scope) {
        return after(ACQUIRER, scope);
    }

    /** The merchant of a scope, if it is one of a merchant. */
    static Optional<String> merchantOf(String scope) {
        return after(MERCHANT, scope);
    }

    private static Optional<String> after(String prefix, String scope) {
        return scope.startsWith(prefix) ? Optional.of(scope.substring(prefix.length())) : Optional.empty();
    }

    /** All that is wrong with it, each with its remedy; empty when it can be taken. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!EVERYWHERE.equals(scope) && !names(ACQUIRER) && !names(MERCHANT)) {
            problems.add("scope: must be *, acquirer:ID or merchant:ID");
        }
        for (Setting setting : Setting.values()) {
            Long value = settings.get(setting);
            if (value != null && (value < setting.min() || value > setting.max())) {
                problems.add(
                        setting.settingName() + ": " + value + " is not in " + setting.min() + ".." + setting.max());
            }
        }
        Long forgetAfter = settings.get(Setting.FORGET_AFTER);
        if (forgetAfter != null) {
            long longest = Policy.of(List.of(settings)).longestWindowMillis();
            if (forgetAfter <= longest) {
                problems.add("forgetAfter: " + forgetAfter + " ms must exceed the longest window, " + longest + " ms");
            }
        }
        return problems;
    }

    private boolean names(String prefix) {
        return scope.startsWith(prefix) && scope.length() > prefix.length();
    }
}
