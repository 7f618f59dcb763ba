package io.tillwatch.cli.chaos;

import java.time.Duration;

/**
 * What a run is made of.
 *
 * @param commands at least so many
 * @param kills of responders, by SIGKILL or at a barrier
 * @param instances of the responder at once
 * @param within the whole run, after which it has failed
 */
record ChaosSettings(int commands, int kills, int instances, long seed, Duration within) {

    /** Of the responders: short, so that what a dead one had is soon taken up. Longer than an exchange may take. */
    static final Duration LEASE = Duration.ofSeconds(5);

    /** How long an exchange may take. */
    static final Duration TIMEOUT = Duration.ofMillis(800);

    /** How late what is late is: the responder has given up long before. */
    static final Duration DELAY = Duration.ofMillis(1_600);

    /** How long after its intent a request may still arrive: as late as a lease, an exchange and a delay make it, and a margin. */
    static final Duration ARRIVES_WITHIN = Duration.ofSeconds(8);

    /** Intents a minute for {@link Bank#THRIFTY}, until the end of the run. */
    static final int BUDGET = 30;

    /** How long {@link Bank#FORGETFUL} knows a key, and how long its profile says so. */
    static final Duration KEYS_KNOWN = Duration.ofSeconds(8);

    static final Duration KEYS_KEPT = Duration.ofSeconds(5);
}
