package io.tillwatch.rules.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds the policy of a merchant at an acquirer: merchant over acquirer over {@code *} over the defaults, field by field.
 * Few of them set anything, and to know which is to know whose policy must be looked for. What was found is kept until
 * {@link #forgetResolved()}, so that a change of one scope costs nothing until a payment asks. Not thread-safe.
 */
public final class Policies {

    private final Function<String, PolicyChange> byScope;
    private final Supplier<? extends Iterable<String>> scopes;

    /** By acquirer, then by merchant; null for all that set nothing themselves. */
    private final Map<String, Map<String, Policy>> resolved = new HashMap<>();

    /** Those that set something themselves; null until somebody asks. */
    private Set<String> acquirers;

    private Set<String> merchants;

    /**
     * @param byScope what a scope sets, or null for nothing
     * @param scopes all scopes that may set something
     */
    public Policies(Function<String, PolicyChange> byScope, Supplier<? extends Iterable<String>> scopes) {
        this.byScope = Objects.requireNonNull(byScope);
        this.scopes = Objects.requireNonNull(scopes);
    }

    /** Policies that do not change. */
    public static Policies fixed(Map<String, PolicyChange> changes) {
        Map<String, PolicyChange> copy = Map.copyOf(changes);
        return new Policies(copy::get, copy::keySet);
    }

    /** The policy in force; acquirer and merchant may be null when the payment has no record of a feed yet. */
    public Policy of(String acquirerId, String merchantId) {
        if (acquirers == null) {
            findScopes();
        }
        String acquirer = withSettings(acquirers, acquirerId);
        String merchant = withSettings(merchants, merchantId);
        Map<String, Policy> ofAcquirer = resolved.get(acquirer);
        Policy policy = ofAcquirer == null ? null : ofAcquirer.get(merchant);
        return policy == null ? resolve(acquirer, merchant) : policy;
    }

    /** To be called when any scope has changed. */
    public void forgetResolved() {
        resolved.clear();
        acquirers = null;
        merchants = null;
    }

    private void findScopes() {
        acquirers = new HashSet<>();
        merchants = new HashSet<>();
        for (String scope : scopes.get()) {
            PolicyChange.acquirerOf(scope).ifPresent(acquirers::add);
            PolicyChange.merchantOf(scope).ifPresent(merchants::add);
        }
    }

    private static String withSettings(Set<String> some, String id) {
        return some.isEmpty() || !some.contains(id) ? null : id;
    }

    private Policy resolve(String acquirerId, String merchantId) {
        Policy policy = Policy.of(List.of(
                settings(merchantId == null ? null : PolicyChange.merchantScope(merchantId)),
                settings(acquirerId == null ? null : PolicyChange.acquirerScope(acquirerId)),
                settings(PolicyChange.EVERYWHERE)));
        resolved.computeIfAbsent(acquirerId, any -> new HashMap<>()).put(merchantId, policy);
        return policy;
    }

    private Map<Setting, Long> settings(String scope) {
        PolicyChange change = scope == null ? null : byScope.apply(scope);
        return change == null ? Map.of() : change.settings();
    }
}
