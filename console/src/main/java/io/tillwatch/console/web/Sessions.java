package io.tillwatch.console.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has signed in. A session is known by the SHA-256 of its identity, which is 256 random bits and only in the browser's
 * cookie. It ends after some time without a request, and after {@link #LONGEST} in any case.
 */
final class Sessions {

    static final Duration LONGEST = Duration.ofHours(12);
    private static final int SESSIONS_MAX = 2_000;
    private static final int BYTES = 32;
    private static final int ID_LENGTH_MAX = 100;

    private final Duration idleMax;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Sessions(Duration idleMax, Clock clock, SecureRandom random) {
        this.idleMax = idleMax;
        this.clock = clock;
        this.random = random;
    }

    /** The identity of a new session, for the cookie. */
    String begin(String person, Set<Role> roles, String token) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> hasEnded(session, now));
        if (sessions.size() >= SESSIONS_MAX) {
            throw new IllegalStateException("there are " + SESSIONS_MAX
                    + " sessions: somebody signs in by a script; find it, or restart the console to end all sessions");
        }
        String id = secret();
        sessions.put(key(id), new Session(person, roles, token, secret(), now));
        return id;
    }

    /** The session of a cookie; counts as use of it. */
    Optional<Session> find(String idOrNull) {
        Optional<Session> found = peek(idOrNull);
        found.ifPresent(session -> session.used(clock.instant()));
        return found;
    }

    /** The session of a cookie, without that it counts as use. */
    Optional<Session> peek(String idOrNull) {
        if (idOrNull == null || idOrNull.length() > ID_LENGTH_MAX) {
            return Optional.empty();
        }
        String key = key(idOrNull);
        Session session = sessions.get(key);
        if (session != null && hasEnded(session, clock.instant())) {
            sessions.remove(key);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    void end(String idOrNull) {
        if (idOrNull != null) {
            sessions.remove(key(idOrNull));
        }
    }

    /** How many have not ended. */
    int count() {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> hasEnded(session, now));
        return sessions.size();
    }

    private boolean hasEnded(Session session, Instant now) {
        return now.isAfter(session.usedAt().plus(idleMax))
                || now.isAfter(session.begun().plus(LONGEST));
    }

    private String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String key(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
