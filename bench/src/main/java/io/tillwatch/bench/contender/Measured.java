package io.tillwatch.bench.contender;

import java.util.List;
import java.util.Optional;

/**
 * What came of one contender.
 *
 * @param passes in order; none if it failed in the first
 * @param failure why it did not get to the end, or empty
 */
public record Measured(ContenderName name, List<Pass> passes, Optional<String> failure) {

    public Measured {
        passes = List.copyOf(passes);
    }

    /** The first pass, in a JVM that has compiled nothing. */
    public Optional<Pass> cold() {
        return passes.stream().findFirst();
    }

    /** The last pass; nothing if there was only one. */
    public Optional<Pass> warm() {
        return passes.size() < 2 ? Optional.empty() : Optional.of(passes.get(passes.size() - 1));
    }

    /** The warm pass, or the only one. */
    public Optional<Pass> last() {
        return warm().or(this::cold);
    }
}
