package io.tillwatch.cli.chaos;

import io.tillwatch.schemas.record.Command;
import java.util.Set;

/**
 * A command that was asked for, and what may come of it.
 *
 * @param command as it was written first
 * @param ends those that are right
 * @param maySend false for what must never leave the house
 */
record Asked(Plot plot, Bank bank, Command command, Set<End> ends, boolean maySend) {

    /** How a command may end. */
    enum End {
        DONE,
        NOT_NEEDED,
        FAILED,
        ESCALATED
    }

    Asked {
        ends = Set.copyOf(ends);
    }

    String commandId() {
        return command.getCommandId();
    }

    String paymentId() {
        return command.getPaymentId();
    }

    /** Whether an effect can be right at all. */
    boolean mayHaveEffect() {
        return maySend && ends.contains(End.DONE);
    }
}
