package io.tillwatch.testkit;

import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lives of payments as the feeds would bring them.
 *
 * @param facts the records of the four feeds and the outcomes, redeliveries included, in the order of arrival
 * @param suspicions what the search for duplicates says of them, in the order in which it is found
 * @param changes the policies by scope
 */
public record Lives(List<Fact> facts, List<Suspicion> suspicions, Map<String, PolicyChange> changes) {

    /** The order of arrival; what arrived at one time by feed. Within a feed of one payment it is kept as it was. */
    static final Comparator<PaymentEvent> BY_ARRIVAL =
            Comparator.comparingLong(PaymentEvent::arrivedAtMillis).thenComparing(PaymentEvent::feed);

    public Lives {
        facts = List.copyOf(facts);
        suspicions = List.copyOf(suspicions);
        changes = Map.copyOf(changes);
    }

    /** Facts and suspicions in the order of arrival. */
    public List<Fact> all() {
        List<Fact> all = new ArrayList<>(facts);
        all.addAll(suspicions);
        all.sort(BY_ARRIVAL);
        return all;
    }

    /** Facts and suspicions of each payment, in the order of arrival. */
    public Map<String, List<Fact>> byPayment() {
        Map<String, List<Fact>> byPayment = new LinkedHashMap<>();
        for (Fact fact : all()) {
            byPayment.computeIfAbsent(fact.paymentId(), p -> new ArrayList<>()).add(fact);
        }
        return byPayment;
    }

    public Policies policies() {
        return Policies.fixed(changes);
    }

    /** The same lives under a setting that holds for all scopes. */
    public Lives everywhere(Setting setting, long value) {
        Map<String, PolicyChange> changed = new HashMap<>(changes);
        changed.putIfAbsent(PolicyChange.EVERYWHERE, new PolicyChange(PolicyChange.EVERYWHERE, Map.of()));
        changed.replaceAll((scope, change) -> {
            Map<Setting, Long> settings = new EnumMap<>(Setting.class);
            settings.putAll(change.settings());
            settings.put(setting, value);
            return new PolicyChange(scope, settings);
        });
        return new Lives(facts, suspicions, changed);
    }

    /** When the first record arrived; 0 if there is none. */
    public long beginMillis() {
        return facts.isEmpty() ? 0 : facts.get(0).arrivedAtMillis();
    }

    /** When the last record or suspicion arrived; 0 if there is none. */
    public long endMillis() {
        long end = facts.isEmpty() ? 0 : facts.get(facts.size() - 1).arrivedAtMillis();
        return suspicions.isEmpty()
                ? end
                : Math.max(end, suspicions.get(suspicions.size() - 1).arrivedAtMillis());
    }
}
