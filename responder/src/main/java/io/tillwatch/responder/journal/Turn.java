package io.tillwatch.responder.journal;

import java.time.Instant;

/** What taking a command gives. */
public sealed interface Turn {

    /** It is the caller's. */
    record Taken(Claim claim) implements Turn {}

    /** It waits; the schedule says until when. */
    record Waits(Instant until, String why) implements Turn {}

    /** It ended just now, without the acquirer being asked. */
    record Ended(State end) implements Turn {}

    /** It had ended before, or was never there; it is off the schedule. */
    record Gone() implements Turn {}
}
