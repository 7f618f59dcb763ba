package io.tillwatch.bench.contender;

import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Finding;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many findings of each detection; those with none are left out. */
public record Tally(Map<Detection, Integer> counts) {

    private static final String NONE = "none";

    public Tally {
        Map<Detection, Integer> copy = new EnumMap<>(Detection.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** Counts them. */
    public static Tally of(Collection<Finding> findings) {
        return new Tally(findings.stream().collect(Collectors.toMap(Finding::detection, finding -> 1, Integer::sum)));
    }

    /** The tally of a {@link #toString}. */
    static Tally parse(String text) {
        if (text.equals(NONE)) {
            return new Tally(Map.of());
        }
        return new Tally(Arrays.stream(text.split(","))
                .map(pair -> pair.split(":"))
                .collect(Collectors.toMap(pair -> Detection.valueOf(pair[0]), pair -> Integer.valueOf(pair[1]))));
    }

    /** All of them together. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return counts.isEmpty()
                ? NONE
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
