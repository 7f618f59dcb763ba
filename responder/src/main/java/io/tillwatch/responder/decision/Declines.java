package io.tillwatch.responder.decision;

import io.tillwatch.responder.profile.DeclineMeaning;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.responder.profile.Tier;
import io.tillwatch.schemas.record.Action;
import java.util.Set;

/**
 * What a decline means, with what was sent before in mind. Only a decline that is mapped and final ends a command, and only
 * if it speaks for every request that was sent, not only for the last.
 */
public final class Declines {

    /** True now and perhaps not when an earlier request, delayed on its way, arrives after all. */
    private static final Set<String> MAY_CHANGE =
            Set.of("NOT_FOUND", "NOT_CAPTURED", "AMOUNT_TOO_HIGH", "ALREADY_CAPTURED");

    /** May be the acquirer's view of what an earlier copy of the same request has done. */
    private static final Set<String> MAY_BE_OURS = Set.of("ALREADY_REVERSED", "ALREADY_CAPTURED");

    private Declines() {}

    /** @param attempt of the request that was declined, from 1 */
    public static DeclineMeaning meaning(Profile profile, Action action, String code, int attempt) {
        boolean asWanted = action == Action.RETRY_SETTLEMENT && code.equals("ALREADY_SETTLED");
        DeclineMeaning meaning = asWanted ? DeclineMeaning.NOT_NEEDED : profile.meaning(code);
        return switch (profile.tier()) {
            // An effect under the key would have been answered with the effect.
            case A -> attempt > 1 && MAY_CHANGE.contains(code) ? DeclineMeaning.UNKNOWN : meaning;
            case B, C -> otherTier(profile.tier(), meaning, code, attempt);
        };
    }

    private static DeclineMeaning otherTier(Tier tier, DeclineMeaning meaning, String code, int attempt) {
        if (attempt > 1) {
            return DeclineMeaning.UNKNOWN;
        }
        if (!MAY_BE_OURS.contains(code)) {
            return meaning;
        }
        // Tier B can be asked; tier C cannot, so a person must look.
        return tier == Tier.B ? DeclineMeaning.UNKNOWN : DeclineMeaning.ESCALATED;
    }
}
