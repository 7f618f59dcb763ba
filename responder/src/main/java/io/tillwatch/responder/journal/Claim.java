package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A command that is the holder's until the lease is over. Each write of the holder is refused once somebody else has it.
 *
 * @param fence counted up with each claim
 * @param attempts how often an intent to send was committed; with 0 nothing was ever sent
 * @param unanswered turns that ended in UNKNOWN so far
 * @param firstSentAt of the first intent; empty with attempts 0
 * @param lastSentAt of the latest intent
 * @param identifiers what the first attempt called itself
 * @param withdrawn not wanted any more; goes on only because it may have been sent
 * @param takenAt by the database's clock, before the turn's inquiry
 * @param takenNanos {@link System#nanoTime} of about the same moment
 * @param exchange the number under which the turn's exchange with the acquirer is written down
 */
public record Claim(
        Command command,
        long fence,
        int attempts,
        int unanswered,
        Optional<Instant> firstSentAt,
        Optional<Instant> lastSentAt,
        Map<String, String> identifiers,
        boolean withdrawn,
        Instant takenAt,
        long takenNanos,
        int exchange) {

    public String commandId() {
        return command.getCommandId();
    }

    /** The database's clock by now, carried on by this machine's pace since the command was taken. */
    Instant now() {
        return takenAt.plusNanos(System.nanoTime() - takenNanos);
    }

    /** Whether it may have been sent. */
    public boolean sentBefore() {
        return attempts > 0;
    }
}
