package io.tillwatch.console.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bounds how often an address may fail to sign in: guessing passwords must be slow, and trying one costs the processor. */
final class FailedSignIns {

    static final int FAILURES_MAX = 10;
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final int ADDRESSES_MAX = 10_000;

    private final Clock clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    FailedSignIns(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean tooMany(String address) {
        Deque<Instant> of = failures.get(address);
        if (of == null) {
            return false;
        }
        Instant since = clock.instant().minus(WITHIN);
        while (!of.isEmpty() && of.peekFirst().isBefore(since)) {
            of.removeFirst();
        }
        return of.size() >= FAILURES_MAX;
    }

    synchronized void failed(String address) {
        Deque<Instant> of = failures.computeIfAbsent(address, any -> new ArrayDeque<>());
        of.addLast(clock.instant());
        if (of.size() > FAILURES_MAX) {
            of.removeFirst();
        }
    }
}
