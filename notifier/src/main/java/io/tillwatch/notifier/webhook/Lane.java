package io.tillwatch.notifier.webhook;

import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.outbound.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What waits of one partition: told one after the other, so that the revisions of an alert come in their order, and whoever
 * is told twice is told the same twice. For one thread.
 */
final class Lane {

    /** One record; a notice that is empty has nothing to tell, but its offset counts. */
    record Waiting(long offset, Optional<Notice> notice) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private CompletableFuture<Answer> inFlight;
    private Instant sentAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private int failures;
    private int refusals;
    private long nextOffset = -1;
    private boolean moved;

    void add(Waiting one) {
        waiting.add(one);
    }

    int size() {
        return waiting.size();
    }

    boolean isInFlight() {
        return inFlight != null;
    }

    /** The next one to tell, if it may be told now; what has nothing to tell is passed. */
    Optional<Notice> next(Instant now) {
        while (!waiting.isEmpty() && waiting.peek().notice().isEmpty()) {
            done();
        }
        boolean ready = inFlight == null && !waiting.isEmpty() && !now.isBefore(notBefore);
        return ready ? waiting.element().notice() : Optional.empty();
    }

    /** The one that waits longest, told or being told. */
    Optional<Notice> oldest() {
        return waiting.stream().flatMap(one -> one.notice().stream()).findFirst();
    }

    void sent(CompletableFuture<Answer> answer, Instant at) {
        inFlight = answer;
        sentAt = at;
    }

    Instant sentAt() {
        return sentAt;
    }

    /** The answer to what was sent, once. */
    Optional<Answer> answer() {
        if (inFlight == null || !inFlight.isDone()) {
            return Optional.empty();
        }
        Answer answer = inFlight.join();
        inFlight = null;
        return Optional.of(answer);
    }

    /** The first one is told, or has nothing to tell, or is given up. */
    void done() {
        nextOffset = waiting.remove().offset() + 1;
        moved = true;
        failures = 0;
        refusals = 0;
        notBefore = Instant.EPOCH;
    }

    /** The first one is to be told again, not before that time. */
    void again(Instant at, boolean wasRefused) {
        failures++;
        refusals += wasRefused ? 1 : 0;
        notBefore = at;
    }

    int failures() {
        return failures;
    }

    int refusals() {
        return refusals;
    }

    /** The offset to commit, if it has changed since it was last asked. */
    Optional<Long> progress() {
        boolean changed = moved;
        moved = false;
        return changed ? Optional.of(nextOffset) : Optional.empty();
    }

    /** How long to pause after the n-th failure, from 1: doubled each time. */
    static Duration pause(int failures, Duration first, Duration max) {
        int doublings = Math.min(failures - 1, 30);
        long pause = first.toMillis() > max.toMillis() >> doublings ? max.toMillis() : first.toMillis() << doublings;
        return Duration.ofMillis(Math.max(1, pause));
    }
}
