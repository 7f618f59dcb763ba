package io.tillwatch.responder.engine;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.tillwatch.responder.profile.Profile;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How fast one acquirer may be asked, how many times at once, and whether at all just now. Whoever is not let in is told
 * when to come back: one after the other at the acquirer's pace, so that a backlog does not come back all at once.
 */
public final class AcquirerGate {

    /** The two exchanges of a turn: the inquiry and the instruction. */
    private static final int EXCHANGES = 2;

    private static final Duration PERIOD_MIN = Duration.ofMillis(100);
    /** Waiting this long is cheaper than coming back. */
    private static final Duration PATIENCE = Duration.ofMillis(60);

    private static final int BREAKER_WINDOW = 20;
    private static final int BREAKER_CALLS_MIN = 10;
    private static final float BREAKER_FAILURES_PERCENT = 60;
    private static final int BREAKER_PROBES = 3;

    private final String acquirerId;
    private final Profile profile;
    private final AtomicReference<Share> share;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final AtomicLong nextSlotNanos = new AtomicLong();

    AcquirerGate(String acquirerId, Profile profile) {
        this.acquirerId = acquirerId;
        this.profile = profile;
        this.share = new AtomicReference<>(share(1));
        this.bulkhead = Bulkhead.of(
                acquirerId,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(profile.concurrencyMax())
                        .maxWaitDuration(PATIENCE)
                        .build());
        this.breaker = CircuitBreaker.of(
                acquirerId,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(BREAKER_WINDOW)
                        .minimumNumberOfCalls(BREAKER_CALLS_MIN)
                        .failureRateThreshold(BREAKER_FAILURES_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(BREAKER_PROBES)
                        .waitDurationInOpenState(profile.breakerOpenFor())
                        // While it is open nobody is let in as far as the breaker, so nobody's call could half open it.
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
    }

    /** Shares the acquirer's rate with the other instances that run; what was given out of the old share stays spent. */
    void shareWith(int instances) {
        if (share.get().instances() != instances) {
            Share next = share(instances);
            next.limiter().drainPermissions();
            share.set(next);
        }
    }

    /** Lets in for one turn, which ends with {@link #leave}; else says when to come back. */
    Optional<Duration> enter() {
        if (isShut()) {
            return Optional.of(later(profile.breakerOpenFor()));
        }
        if (!bulkhead.tryAcquirePermission()) {
            return Optional.of(later(PATIENCE));
        }
        Share now = share.get();
        long nanos = now.limiter().reservePermission(EXCHANGES);
        if (nanos < 0) {
            bulkhead.releasePermission();
            return Optional.of(later(now.period()));
        }
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
        return Optional.empty();
    }

    /** Whether the acquirer is left alone just now. */
    boolean isShut() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    void leave() {
        bulkhead.onComplete();
    }

    /** Whether there is room for one exchange more than a turn has. */
    boolean oneMore() {
        return share.get().limiter().reservePermission(1) == 0;
    }

    /**
     * Makes one exchange, unless the acquirer is left alone just now.
     *
     * @param relied whether an answer can be relied on; that of one that cannot counts against the acquirer
     */
    <T> Optional<T> exchange(Supplier<T> exchange, Predicate<T> relied) {
        if (!breaker.tryAcquirePermission()) {
            return Optional.empty();
        }
        long start = breaker.getCurrentTimestamp();
        boolean counted = false;
        try {
            T answer = exchange.get();
            long duration = breaker.getCurrentTimestamp() - start;
            counted = true;
            if (relied.test(answer)) {
                breaker.onSuccess(duration, breaker.getTimestampUnit());
            } else {
                breaker.onError(duration, breaker.getTimestampUnit(), new UnreliableException());
            }
            return Optional.of(answer);
        } finally {
            if (!counted) {
                breaker.releasePermission();
            }
        }
    }

    /** How long an acquirer that is left alone is left alone. */
    Duration breakerPause() {
        return profile.breakerOpenFor();
    }

    /** {@code CLOSED} if all is well; as the circuit breaker says it. */
    public String state() {
        return breaker.getState().name();
    }

    /** Each who is sent away gets a place behind the one before, a turn's time apart. */
    private Duration later(Duration atLeast) {
        long now = System.nanoTime();
        long earliest = now + atLeast.toNanos();
        long slot = nextSlotNanos.updateAndGet(next -> {
            long from = next - earliest > 0 ? next : earliest;
            return from + share.get().turnNanos();
        });
        return Duration.ofNanos(slot - now);
    }

    private Share share(int instances) {
        return Share.of(acquirerId, profile.exchangesPerSecond(), instances);
    }

    /**
     * One instance's part of an acquirer's rate.
     *
     * @param instances that share it
     * @param period in which the limiter counts
     * @param turnNanos between two turns of this instance at the acquirer's pace
     */
    record Share(int instances, Duration period, RateLimiter limiter, long turnNanos) {

        /** The period is long enough for a whole turn of each instance to fit in, so that none takes more than its part. */
        static Share of(String acquirerId, int exchangesPerSecond, int instances) {
            long turnMillis = -Math.floorDiv(-1_000L * EXCHANGES * instances, exchangesPerSecond);
            Duration period = Duration.ofMillis(Math.max(turnMillis, PERIOD_MIN.toMillis()));
            long limit = exchangesPerSecond * period.toMillis() / 1_000 / instances;
            RateLimiter limiter = RateLimiter.of(
                    acquirerId,
                    RateLimiterConfig.custom()
                            .limitRefreshPeriod(period)
                            .limitForPeriod(Math.toIntExact(limit))
                            .timeoutDuration(PATIENCE)
                            .build());
            long turnNanos = TimeUnit.SECONDS.toNanos(1) * EXCHANGES * instances / exchangesPerSecond;
            return new Share(instances, period, limiter, turnNanos);
        }
    }

    /** What an unreliable answer counts as. */
    private static final class UnreliableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreliableException() {
            super("no answer that can be relied on", null, false, false);
        }
    }
}
