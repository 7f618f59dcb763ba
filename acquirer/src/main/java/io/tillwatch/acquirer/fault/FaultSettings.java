package io.tillwatch.acquirer.fault;

import java.util.List;
import java.util.Map;

/**
 * Which faults strike, and by which seed.
 *
 * @param perAcquirer by acquirerId; {@code *} is for those that are not named
 */
public record FaultSettings(long seed, Map<String, FaultRates> perAcquirer) {

    private static final String OTHERS = "*";

    public FaultSettings {
        perAcquirer = perAcquirer == null ? Map.of() : Map.copyOf(perAcquirer);
    }

    /** Nothing goes wrong. */
    public static FaultSettings none(long seed) {
        return new FaultSettings(seed, Map.of());
    }

    FaultRates rates(String acquirerId) {
        FaultRates own = perAcquirer.get(acquirerId);
        return own != null ? own : perAcquirer.getOrDefault(OTHERS, FaultRates.none());
    }

    /** All that is wrong with them, each with its remedy. */
    public List<String> problems() {
        return perAcquirer.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().problems(entry.getKey()).stream())
                .toList();
    }
}
