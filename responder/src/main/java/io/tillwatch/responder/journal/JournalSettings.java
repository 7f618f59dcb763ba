package io.tillwatch.responder.journal;

import java.time.Duration;

/**
 * How the journal is used by this instance.
 *
 * @param instance its name, which no other running instance has
 * @param lease how long a command is this instance's alone; must be longer than an exchange with any acquirer may take
 * @param fourEyesAbove absolute amount in minor units of a command's currency above which two persons must approve
 * @param recheckAfter when a command that a switch or a budget holds is looked at again
 * @param publishReversals whether a record is also written to the reversals topic for each REVERSE and REFUND that was done
 */
public record JournalSettings(
        String instance, Duration lease, long fourEyesAbove, Duration recheckAfter, boolean publishReversals) {

    public static final Duration LEASE_DEFAULT = Duration.ofSeconds(60);
    public static final long FOUR_EYES_ABOVE_DEFAULT = 1_000_000;
    public static final Duration RECHECK_AFTER_DEFAULT = Duration.ofSeconds(15);

    /** The defaults. */
    public static JournalSettings of(String instance) {
        return new JournalSettings(instance, LEASE_DEFAULT, FOUR_EYES_ABOVE_DEFAULT, RECHECK_AFTER_DEFAULT, true);
    }
}
