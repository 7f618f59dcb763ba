package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.OutcomeResult;
import java.util.OptionalLong;

/**
 * How a command ended.
 *
 * @param amount what was done, minor units, signed for ADJUST; 0 if nothing was
 * @param reference the acquirer's, or null
 * @param detail why, in a few words: begins with a stable code; never card data
 * @param originalAmount of the authorization, if the acquirer said
 */
public record End(OutcomeResult result, long amount, String reference, String detail, OptionalLong originalAmount) {

    /** The effect exists. */
    public static End done(long amount, String reference, String detail, OptionalLong originalAmount) {
        return new End(OutcomeResult.DONE, amount, reference, detail, originalAmount);
    }

    /** Nothing was done by us, and nothing needs to be. */
    public static End notNeeded(String detail) {
        return new End(OutcomeResult.NOT_NEEDED, 0, null, detail, OptionalLong.empty());
    }

    /** There is and will be no effect. */
    public static End failed(String detail) {
        return new End(OutcomeResult.FAILED, 0, null, detail, OptionalLong.empty());
    }

    /** A person must decide. */
    public static End escalated(String detail) {
        return new End(OutcomeResult.ESCALATED, 0, null, detail, OptionalLong.empty());
    }

    State state() {
        return switch (result) {
            case DONE -> State.DONE;
            case NOT_NEEDED -> State.NOT_NEEDED;
            case FAILED -> State.FAILED;
            case ESCALATED -> State.ESCALATED;
        };
    }
}
