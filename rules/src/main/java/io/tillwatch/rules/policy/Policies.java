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
    private final Map<String, Map<String, Policy>> resolved = new HashMap<>(); // by acquirer, then by merchant
    private int resolvedCount;

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
        Map<String, Policy> ofAcquirer = resolved.get(acquirerId);
        Policy policy = ofAcquirer == null ? null : ofAcquirer.get(merchantId);
        return policy == null ? resolve(acquirerId, merchantId) : policy;
    }

    private Policy resolve(String acquirerId, String merchantId) {
        Policy policy = Policy.of(List.of(
                settings(merchantId == null ? null : PolicyChange.merchantScope(merchantId)),
                settings(acquirerId == null ? null : PolicyChange.acquirerScope(acquirerId)),
                settings(PolicyChange.EVERYWHERE)));
        if (resolvedCount >= RESOLVED_MAX) {
            forgetResolved();
        }
        resolved.computeIfAbsent(acquirerId, any -> new HashMap<>()).put(merchantId, policy);
        resolvedCount++;
        return policy;
    }

    /** To be called when any scope has changed. */
    public void forgetResolved() {
        resolved.clear();
        resolvedCount = 0;
    }

    private Map<Setting, Long> settings(String scope) {
        PolicyChange change = scope == null ? null : byScope.apply(scope);
        return change == null ? Map.of() : change.settings();
    }
}
