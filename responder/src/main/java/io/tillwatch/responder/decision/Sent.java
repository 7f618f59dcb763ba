package io.tillwatch.responder.decision;

import io.tillwatch.responder.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a command may have been sent, and what it means when the acquirer shows no effect of it. */
public enum Sent {
    /** Never: whatever the acquirer shows is somebody else's doing. */
    NEVER,
    /** No effect means that none has come about yet; a request may still be on its way. */
    REMEMBERED,
    /** The acquirer may have forgotten the key: that it shows no effect says nothing. */
    FORGOTTEN;

    /** What a request may take from intent to effect, after which an acquirer's promise to know its key begins. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    /**
     * Where a command stands.
     *
     * @param firstSentAt when its first request was about to be sent; empty: never
     */
    public static Sent of(Profile profile, Optional<Instant> firstSentAt, Instant now) {
        if (firstSentAt.isEmpty()) {
            return NEVER;
        }
        // Without deduplication there is no such promise, and what the acquirer shows of a key is all that is known.
        boolean promised = !profile.keysKept().isZero();
        Instant known = firstSentAt.get().plus(profile.keysKept()).minus(ON_ITS_WAY);
        return promised && !now.isBefore(known) ? FORGOTTEN : REMEMBERED;
    }
}
