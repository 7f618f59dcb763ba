package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.fact.Authorization;

/**
 * What would put an anomaly right.
 *
 * @param wanted minor units, before it is cut to what is left; signed for ADJUST
 * @param reason why a person must decide whatever the policy says, or null
 * @param about the request that it is about, or null: the approval that stands
 */
record Remedy(Action action, long wanted, ApprovalReason reason, Authorization about) {

    /** Automatic where the policy allows it. */
    static Remedy automatic(Action action, long wanted) {
        return new Remedy(action, wanted, null, null);
    }

    /** For a person to decide. */
    static Remedy byPerson(Action action, long wanted) {
        return new Remedy(action, wanted, ApprovalReason.POLICY, null);
    }

    /** Automatic where the policy allows it, unless there is a doubt. */
    static Remedy unless(boolean doubt, Action action, long wanted) {
        return doubt ? byPerson(action, wanted) : automatic(action, wanted);
    }
}
