package io.tillwatch.traffic.life;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How often what goes wrong.
 *
 * @param shares of the payments that have each fault, 0 to 1, not more than 1 together
 * @param episodes what befalls acquirers as a whole, from time to time
 */
public record Mix(Map<Fault, Double> shares, Set<Episode> episodes) {

    public Mix {
        shares = Collections.unmodifiableMap(shares.isEmpty() ? new EnumMap<>(Fault.class) : new EnumMap<>(shares));
        episodes = Collections.unmodifiableSet(
                episodes.isEmpty() ? EnumSet.noneOf(Episode.class) : EnumSet.copyOf(episodes));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 || shares.values().stream().anyMatch(share -> share < 0)) {
            throw new IllegalArgumentException(
                    "the shares of the faults must not be below 0 nor more than 1 together, and are " + sum);
        }
    }

    /** Every fault alike, and every episode. */
    public static Mix everything(double share) {
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            shares.put(fault, share / Fault.values().length);
        }
        return new Mix(shares, EnumSet.allOf(Episode.class));
    }

    /** Nothing goes wrong. */
    public static Mix sound() {
        return new Mix(Map.of(), Set.of());
    }
}
