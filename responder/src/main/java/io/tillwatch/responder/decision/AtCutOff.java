package io.tillwatch.responder.decision;

import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a void may be sent for the first time, as far as the acquirer's cut-off goes. Where the acquirer refuses by itself
 * to void what is settled, it may at any time: its refusal is the answer. Where it does not, a void that comes after the
 * day was closed may be lost, or may become a refund that nobody decided on.
 */
public sealed interface AtCutOff {

    /** It may. */
    record Free() implements AtCutOff {}

    /** The day is being closed: ask again what the books say when that is over. */
    record Wait(Duration pause) implements AtCutOff {}

    /** It may not, now or ever. */
    record Never(String detail) implements AtCutOff {}

    /**
     * What the acquirer's profile says.
     *
     * @param now the database's clock, before the inquiry
     */
    static AtCutOff of(Profile profile, Command command, Instant now) {
        boolean voids = command.getAction() == Action.REVERSE;
        if (!voids || profile.refusesSettledReversals() || profile.cutOff().isEmpty()) {
            return new Free();
        }
        Instant authorizedAt = command.getOriginal().getAuthorizedAt();
        if (!profile.answersInquiries()
                && (authorizedAt == null || profile.cutOff().get().between(authorizedAt, now))) {
            return new Never("CUT_OFF: the acquirer may have settled it since, and answers no inquiries");
        }
        return profile.cutOff().get().untilPast(now).<AtCutOff>map(Wait::new).orElseGet(Free::new);
    }
}
