package io.tillwatch.rules.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Finds the policy of a merchant at an acquirer: merchant over acquirer over {@code *} over the defaults, field by field.
 * What was found is kept until {@link #forgetResolved()}, so that a change of one scope costs nothing until a payment
 * asks. Not thread-safe.
 */
public final class Policies {

    /** More merchants than this at once are looked up anew rather than kept. */
    private static final int RESOLVED_MAX = 100_000;

    private final Function<String, PolicyChange> byScope;
    private final Map<Scope, Policy> resolved = new HashMap<>();

    private record Scope(String acquirerId, String merchantId) {}

    /** @param byScope what a scope sets, or null for nothing */
    public Policies(Function<String, PolicyChange> byScope) {
        this.byScope = Objects.requireNonNull(byScope);
    }

    /** Policies that do not change. */
    public static Policies fixed(Map<String, PolicyChange> changes) {
        return new Policies(Map.copyOf(changes)::get);
    }

    /** The policy in force; acquirer and merchant may be null when the payment has no record of a feed yet. */
    public Policy of(String acquirerId, String merchantId) {
        Scope scope = new Scope(acquirerId, merchantId);
        Policy policy = resolved.get(scope);
        if (policy == null) {
            policy = Policy.of(List.of(
                    settings(merchantId == null ? null : PolicyChange.merchantScope(merchantId)),
                    settings(acquirerId == null ? null : PolicyChange.acquirerScope(acquirerId)),
                    settings(PolicyChange.EVERYWHERE)));
            if (resolved.size() >= RESOLVED_MAX) {
                resolved.clear();
            }
            resolved.put(scope, policy);
        }
        return policy;
    }

    /** To be called when any scope has changed. */
    public void forgetResolved() {
        resolved.clear();
    }

    private Map<Setting, Long> settings(String scope) {
        PolicyChange change = scope == null ? null : byScope.apply(scope);
        return change == null ? Map.of() : change.settings();
    }
}
