package io.tillwatch.responder.engine;

import io.tillwatch.responder.profile.Profile;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before asking again: doubled each time, with jitter, so that those who failed together part. */
final class Backoff {

    private static final int DOUBLINGS_MAX = 30;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** After the n-th turn that was not answered, from 1: from half of the pause to the whole of it. */
    Duration after(Profile profile, int unanswered) {
        int doublings = Math.min(Math.max(0, unanswered - 1), DOUBLINGS_MAX);
        long max = profile.backoffMax().toMillis();
        long first = Math.max(1, profile.backoffFirst().toMillis());
        long pause = first > max >> doublings ? max : first << doublings;
        return jittered(Duration.ofMillis(pause));
    }

    /** From half of this to the whole of it. */
    Duration jittered(Duration pause) {
        long millis = Math.max(1, pause.toMillis());
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }
}
