package io.tillwatch.responder.profile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an acquirer can do, and how it may be asked.
 *
 * @param adapter how it is spoken to
 * @param answersInquiries whether it says what it knows of a payment and of a key's effect
 * @param keysKept for how long it recognizes a repeated key; zero if it does not deduplicate by key
 * @param refusesSettledReversals whether it refuses, in one step with looking, to reverse what is settled
 * @param deduplicatesPresentments whether a capture that is presented again under its captureId is taken once. Without,
 *     RETRY_CAPTURE and RETRY_SETTLEMENT wait for a person
 * @param refusesLateAfter for tier B: how long after it was sent a request may still be taken; only after that, and if the
 *     inquiry shows no effect, it is sent again. Empty: it is never sent again
 * @param exchangesPerSecond at most, over all instances
 * @param concurrencyMax exchanges under way at once, of one instance
 * @param attemptsMax turns that may end in UNKNOWN before a person must decide
 * @param backoffFirst pause after the first such turn; doubled with each, up to backoffMax
 * @param breakerOpenFor how long it is left alone once most of its last answers could not be relied on
 * @param declines by the acquirer's code; a code that is not here is UNKNOWN
 * @param cutOff when it closes its day. Matters only without refusesSettledReversals: then no void is sent near it, and to
 *     one that answers no inquiries none of what was authorized before it
 */
public record Profile(
        AdapterSettings adapter,
        boolean answersInquiries,
        Duration keysKept,
        boolean refusesSettledReversals,
        boolean deduplicatesPresentments,
        Optional<Duration> refusesLateAfter,
        int exchangesPerSecond,
        int concurrencyMax,
        int attemptsMax,
        Duration backoffFirst,
        Duration backoffMax,
        Duration breakerOpenFor,
        Map<String, DeclineMeaning> declines,
        Optional<CutOff> cutOff) {

    /** Key retention is a matter of contract; most promise a day, and a margin is left. */
    public static final Duration KEYS_KEPT_DEFAULT = Duration.ofHours(20);

    public static final int ATTEMPTS_MAX_DEFAULT = 6;
    public static final int RATE_DEFAULT = 50;
    public static final int CONCURRENCY_DEFAULT = 16;
    public static final Duration BACKOFF_FIRST_DEFAULT = Duration.ofSeconds(2);
    public static final Duration BACKOFF_MAX_DEFAULT = Duration.ofMinutes(10);
    public static final Duration BREAKER_OPEN_FOR_DEFAULT = Duration.ofSeconds(10);

    /** The codes of docs/acquirer-protocol.md. */
    public static final Map<String, DeclineMeaning> DECLINES_DEFAULT = Map.ofEntries(
            Map.entry("ALREADY_SETTLED", DeclineMeaning.FAILED),
            Map.entry("ALREADY_REVERSED", DeclineMeaning.NOT_NEEDED),
            Map.entry("NOT_FOUND", DeclineMeaning.FAILED),
            Map.entry("NOT_CAPTURED", DeclineMeaning.FAILED),
            Map.entry("ALREADY_CAPTURED", DeclineMeaning.NOT_NEEDED),
            Map.entry("AMOUNT_TOO_HIGH", DeclineMeaning.FAILED),
            Map.entry("CURRENCY", DeclineMeaning.FAILED),
            Map.entry("KEY_REUSED", DeclineMeaning.ESCALATED),
            // The adapter's own: the command cannot be said in the acquirer's protocol, and nothing was sent.
            Map.entry("UNSENDABLE", DeclineMeaning.ESCALATED),
            Map.entry("TRY_LATER", DeclineMeaning.UNKNOWN));

    public Profile {
        declines = Map.copyOf(declines);
    }

    /** A tier A acquirer with the defaults. */
    public static Profile of(AdapterSettings adapter) {
        return new Profile(
                adapter,
                true,
                KEYS_KEPT_DEFAULT,
                true,
                true,
                Optional.empty(),
                RATE_DEFAULT,
                CONCURRENCY_DEFAULT,
                ATTEMPTS_MAX_DEFAULT,
                BACKOFF_FIRST_DEFAULT,
                BACKOFF_MAX_DEFAULT,
                BREAKER_OPEN_FOR_DEFAULT,
                DECLINES_DEFAULT,
                Optional.empty());
    }

    public Tier tier() {
        if (!answersInquiries || !refusesSettledReversals) {
            return Tier.C;
        }
        return keysKept.isZero() ? Tier.B : Tier.A;
    }

    /** What a decline means that is the answer to the only request ever sent. */
    public DeclineMeaning meaning(String code) {
        return declines.getOrDefault(code, DeclineMeaning.UNKNOWN);
    }

    /** These declines over the defaults. */
    public static Map<String, DeclineMeaning> declines(Map<String, DeclineMeaning> own) {
        Map<String, DeclineMeaning> all = new HashMap<>(DECLINES_DEFAULT);
        all.putAll(own);
        return all;
    }
}
