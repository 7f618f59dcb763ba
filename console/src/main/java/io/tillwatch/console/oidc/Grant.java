package io.tillwatch.console.oidc;

import java.time.Duration;
import java.time.Instant;

/**
 * What the issuer gave for a sign-in. Is kept in the session alone, in memory.
 *
 * @param accessToken with which the responder is asked
 * @param refreshTokenOrNull for which there is a new one; null if the sign-in ends with the access token
 * @param subject whose it is
 * @param endsAt when the access token does
 * @param renewFrom when a new one should be asked for
 */
public record Grant(String accessToken, String refreshTokenOrNull, String subject, Instant endsAt, Instant renewFrom) {

    /** Soon enough that what is asked of the responder now does not come too late there. */
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(30);

    static Grant of(String accessToken, String refreshTokenOrNull, String subject, Instant now, Duration lifetime) {
        Duration quarter = lifetime.dividedBy(4);
        Duration before = quarter.compareTo(BEFORE_THE_END) < 0 ? quarter : BEFORE_THE_END;
        Instant end = now.plus(lifetime);
        return new Grant(
                accessToken, refreshTokenOrNull, subject, end, refreshTokenOrNull == null ? end : end.minus(before));
    }

    /** The same, for which nothing is asked before then. */
    public Grant askedAgainAt(Instant then) {
        return new Grant(accessToken, refreshTokenOrNull, subject, endsAt, then);
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "Grant[subject=" + subject + ", endsAt=" + endsAt + "]";
    }
}
