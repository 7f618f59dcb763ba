package io.tillwatch.pulse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is pulsed, and how often.
 *
 * @param topics the feeds; each partition of each gets its pulses. One that does not exist is waited for
 * @param interval from one round of pulses to the next; 500 ms in {@link #of}. The clock is at best this old
 * @param deliverWithin after this a pulse that Kafka has not acknowledged is given up; at least {@code interval}; 1 s
 *     in {@link #of}
 * @param refreshEvery how soon a new partition is found, and with that how long it can hold the clock; 2 s in
 *     {@link #of}
 */
public record PulseSettings(List<String> topics, Duration interval, Duration deliverWithin, Duration refreshEvery) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException naming every value that is out of bounds, with its remedy */
    public PulseSettings {
        topics = List.copyOf(topics);
        List<String> problems = new ArrayList<>();
        if (topics.isEmpty()) {
            problems.add("no topics to pulse: name each feed");
        }
        if (topics.stream().distinct().count() != topics.size()) {
            problems.add("topics " + topics + " name one twice: name each feed once");
        }
        requireInBounds("interval", interval, problems);
        requireInBounds("deliverWithin", deliverWithin, problems);
        requireInBounds("refreshEvery", refreshEvery, problems);
        if (deliverWithin.compareTo(interval) < 0) {
            problems.add("deliverWithin " + deliverWithin.toMillis() + " ms is shorter than interval "
                    + interval.toMillis() + " ms: raise it");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Twice a second, as the detectors expect. */
    public static PulseSettings of(List<String> topics) {
        return new PulseSettings(topics, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /** With another interval, and twice that to deliver (but no less than 1 s). */
    public PulseSettings every(Duration newInterval) {
        Duration twice = newInterval.multipliedBy(2);
        Duration second = Duration.ofSeconds(1);
        return new PulseSettings(topics, newInterval, twice.compareTo(second) < 0 ? second : twice, refreshEvery);
    }

    private static void requireInBounds(String name, Duration value, List<String> problems) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add(name + " " + value.toMillis() + " ms is out of bounds: give " + SHORTEST.toMillis() + " to "
                    + LONGEST.toMillis() + " ms");
        }
    }
}
