package io.tillwatch.responder.decision;

import io.tillwatch.responder.profile.Profile;
import java.time.Duration;
import java.time.Instant;

/** Whether a command that may have been sent, and of which no effect is seen, is sent again. */
public sealed interface Repeats {

    /** It may, with the same identifiers. */
    record Allowed() implements Repeats {}

    /** Not yet: the earlier request may still be taken. */
    record Later(Duration pause) implements Repeats {}

    /** It may not, now or ever. */
    record Never(String detail) implements Repeats {}

    /**
     * What the acquirer's profile says.
     *
     * @param firstSentAt when the first request was about to be sent
     * @param lastTriedAt when the last one was, at the latest
     * @param expiresAt past which nothing is sent
     * @param unanswered turns that ended in UNKNOWN so far
     */
    static Repeats of(
            Profile profile, Instant firstSentAt, Instant lastTriedAt, Instant expiresAt, int unanswered, Instant now) {
        if (unanswered >= profile.attemptsMax()) {
            return new Never("ATTEMPTS_SPENT: no effect seen after " + unanswered + " attempts");
        }
        if (now.isAfter(expiresAt)) {
            return new Never("EXPIRED: sent before, no effect seen, and not sent again after expiresAt");
        }
        return switch (profile.tier()) {
            case A ->
                now.isBefore(firstSentAt.plus(profile.keysKept()))
                        ? new Allowed()
                        : new Never("KEY_FORGOTTEN: the acquirer may not know the key any more, sent first at "
                                + firstSentAt);
            case B ->
                profile.refusesLateAfter()
                        .map(late -> afterLate(lastTriedAt.plus(late), now))
                        .orElseGet(() -> new Never("NO_REPEATS: sent once, no effect seen, and not deduplicated"));
            case C -> new Never("NO_REPEATS: sent once, and the acquirer does not deduplicate");
        };
    }

    private static Repeats afterLate(Instant from, Instant now) {
        return now.isBefore(from) ? new Later(Duration.between(now, from)) : new Allowed();
    }
}
