package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.catalogue.Anomaly;
import io.tillwatch.rules.catalogue.Assessment;
import io.tillwatch.rules.catalogue.Catalogue;
import io.tillwatch.rules.catalogue.CommandMaker;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a payment: assesses it, raises what is new or changed, each with its command, then clears what is gone.
 */
final class Step {

    private static final Comparator<AlertState> ORDER = Comparator.comparing(AlertState::type)
            .thenComparing(AlertState::subject, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Payment payment;
    private final Policy policy;
    private final ResponseCodes codes;
    private final long atMillis;
    private final Changes changes;

    private Assessment now;

    private Step(Payment payment, Policy policy, ResponseCodes codes, long atMillis, Changes changes) {
        this.payment = payment;
        this.policy = policy;
        this.codes = codes;
        this.atMillis = atMillis;
        this.changes = changes;
    }

    /**
     * Takes a step.
     *
     * @param clockMillis which deadlines are reached
     * @param atMillis what is told as the time of detection: the record's arrival, or the deadline
     */
    static void take(
            Payment payment,
            Catalogue catalogue,
            ResponseCodes codes,
            Policy policy,
            long clockMillis,
            long atMillis,
            Changes changes) {
        Step step = new Step(payment, policy, codes, atMillis, changes);
        boolean answeredAlready;
        do {
            step.now = catalogue.assess(
                    payment.paymentId(), payment.facts, policy, clockMillis, payment.commands.values());
            answeredAlready = step.raise();
            step.clear();
        } while (answeredAlready);
        step.remember(clockMillis);
    }

    /** Says whether a command was made that has its outcome already, so that the step must be taken once more. */
    private boolean raise() {
        boolean answeredAlready = false;
        for (Anomaly anomaly : now.anomalies()) {
            AlertState last = payment.alerts.get(anomaly.alertId());
            if (last != null
                    && last.raised()
                    && Objects.equals(last.amount(), anomaly.amount())
                    && last.severity() == anomaly.severity()) {
                continue;
            }
            Cause cause = cause(anomaly.type());
            String commandId = last == null ? null : last.commandId();
            Optional<Command> command = last == null
                    ? new CommandMaker(payment.paymentId(), payment.facts, now, policy, payment.commands.values())
                            .make(anomaly, cause, atMillis)
                    : Optional.empty();
            if (command.isPresent()) {
                commandId = command.get().commandId();
                payment.commands.put(commandId, command.get());
                answeredAlready |= answered(commandId);
            }
            AlertState raised = new AlertState(
                    anomaly.alertId(),
                    anomaly.type(),
                    anomaly.subject(),
                    last == null ? 1 : last.revision() + 1,
                    true,
                    anomaly.severity(),
                    anomaly.amount(),
                    anomaly.amount() == null ? null : CommandMaker.currencyOf(payment.facts, now.ledger()),
                    cause,
                    commandId);
            tell(raised);
            command.ifPresent(changes::command);
            if (last == null && anomaly.type() == AlertType.COMMAND_UNANSWERED) {
                writeAgain(anomaly.subject());
            }
        }
        return answeredAlready;
    }

    private void clear() {
        List<AlertState> gone = new ArrayList<>(0);
        for (AlertState alert : payment.alerts.values()) {
            if (alert.raised() && !now.holds(alert.alertId())) {
                gone.add(alert);
            }
        }
        gone.sort(ORDER);
        for (AlertState alert : gone) {
            tell(alert.cleared());
            withdraw(alert.commandId());
        }
    }

    /** The first time that an automatic command is not answered, it is written again: it may have been lost. */
    private void writeAgain(String commandId) {
        Command command = payment.commands.get(commandId);
        if (command.automatic() && !command.withdrawn()) {
            write(command.again(false));
        }
    }

    private void withdraw(String commandId) {
        Command command = commandId == null ? null : payment.commands.get(commandId);
        if (command != null && !command.withdrawn() && !answered(commandId)) {
            write(command.again(true));
        }
    }

    private void write(Command command) {
        payment.commands.put(command.commandId(), command);
        changes.command(command);
    }

    private boolean answered(String commandId) {
        return now.ledger().records().outcome(commandId) != null;
    }

    private void tell(AlertState state) {
        AlertState untold = EarlyAlerts.confirm(payment, state);
        payment.alerts.put(state.alertId(), untold == null ? state : untold);
        if (untold != null) {
            changes.alert(Lifecycle.alert(payment, untold, atMillis, evidence()));
        }
    }

    private Evidence evidence() {
        return new Evidence(
                payment.facts,
                List.copyOf(payment.commands.values()),
                now.ledger().hold(),
                now.ledger().netDebit(),
                now.ledger().authorizedTotal());
    }

    /** The cause by the newest record that has a response code; a request that nobody answered was lost on the way. */
    private Cause cause(AlertType type) {
        FeedRecord newest = null;
        newest = newestWithCode(newest, payment.facts.authorizations());
        newest = newestWithCode(newest, payment.facts.captures());
        newest = newestWithCode(newest, payment.facts.settlements());
        newest = newestWithCode(newest, payment.facts.reversals());
        if (newest != null) {
            return codes.cause(newest.responseCode());
        }
        return type == AlertType.AUTHORIZATION_UNANSWERED ? Cause.NETWORK : Cause.UNKNOWN;
    }

    private static FeedRecord newestWithCode(FeedRecord newest, List<? extends FeedRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            FeedRecord r = records.get(i);
            if (r.responseCode() != null && (newest == null || Fact.BY_OCCURRENCE.compare(r, newest) > 0)) {
                newest = r;
            }
        }
        return newest;
    }

    private void remember(long clockMillis) {
        long next = now.nextDeadlineMillis();
        for (Command command : payment.commands.values()) {
            // Those made in this step were not yet among what was assessed.
            if (!answered(command.commandId()) && !payment.alerts.containsKey(unanswered(command))) {
                next = Math.min(next, Math.max(clockMillis + 1, answerDue(command)));
            }
        }
        payment.nextDeadlineMillis = next;
        if (!Closing.closed(payment, now, policy)) {
            payment.closedAtMillis = Payment.NEVER;
        } else if (payment.closedAtMillis == Payment.NEVER) {
            payment.closedAtMillis = atMillis;
        }
    }

    private String unanswered(Command command) {
        return AlertId.of(payment.paymentId(), AlertType.COMMAND_UNANSWERED, command.commandId());
    }

    private long answerDue(Command command) {
        long due = command.notBeforeMillis() + (command.automatic() ? policy.outcomeWithin() : policy.approvalWithin());
        return due < command.notBeforeMillis() ? Payment.NEVER : due; // past the end of time
    }
}
