package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.COMMAND_UNANSWERED;
import static io.tillwatch.rules.alert.AlertType.REMEDY_FAILED;

import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.policy.Policy;

/** What can be wrong with a remedy. */
final class CommandRules {

    private CommandRules() {}

    /** A command that nobody answered: the responder in its time, or a person in theirs. */
    static void commandUnanswered(Case c) {
        for (Command command : c.commands) {
            if (c.records.outcome(command.commandId()) == null
                    && c.clock.after(command.notBeforeMillis(), answerWithin(command, c.policy))) {
                c.found(COMMAND_UNANSWERED, command.commandId(), command.amount(), null);
            }
        }
    }

    private static long answerWithin(Command command, Policy policy) {
        return command.automatic() ? policy.outcomeWithin() : policy.approvalWithin();
    }

    /** A command ended without its effect, and what it was for still holds. */
    static void remedyFailed(Case c) {
        for (Command command : c.commands) {
            Outcome o = c.records.outcome(command.commandId());
            if (o != null && !o.doneOrNotNeeded() && c.holds(command.alertId())) {
                c.found(REMEDY_FAILED, command.commandId(), command.amount(), null);
            }
        }
    }
}
