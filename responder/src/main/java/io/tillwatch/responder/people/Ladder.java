package io.tillwatch.responder.people;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long each rung has to answer before a case is overdue there.
 *
 * <p>The defaults are ours, to be set to the contract with each side: two days for a merchant, five for an acquirer; 21 days, the
 * fifteen business days in which a payment service provider must answer a complaint (directive (EU) 2015/2366, article 101), for
 * the scheme or institution; 35 days for the regulator.
 */
public record Ladder(Map<Rung, Duration> times) {

    public Ladder {
        times = Map.copyOf(new EnumMap<>(times));
        for (Rung rung : Rung.values()) {
            if (!times.containsKey(rung)) {
                throw new IllegalArgumentException("no time for the rung " + rung);
            }
        }
    }

    public static Ladder defaults() {
        return new Ladder(Map.of(
                Rung.MERCHANT, Duration.ofDays(2),
                Rung.ACQUIRER, Duration.ofDays(5),
                Rung.SCHEME_OR_INSTITUTION, Duration.ofDays(21),
                Rung.REGULATOR, Duration.ofDays(35)));
    }

    public Duration timeOf(Rung rung) {
        return times.get(rung);
    }
}
