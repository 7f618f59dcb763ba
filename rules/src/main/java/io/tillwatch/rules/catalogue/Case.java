package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.CommandId;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.ledger.CaptureLine;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.ledger.Records;
import io.tillwatch.rules.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One payment at one moment, as the rules look at it, and what they find. */
final class Case {

    /** When no retry was answered yet: before all time. */
    static final long NEVER = Long.MIN_VALUE;

    final String paymentId;
    final Facts facts;
    final Ledger ledger;
    final Records records;
    final Policy policy;
    final Deadlines clock;
    final ResponseCodes codes;
    final Collection<Command> commands;

    private final List<Anomaly> anomalies = new ArrayList<>(0);

    Case(
            String paymentId,
            Facts facts,
            Policy policy,
            Deadlines clock,
            ResponseCodes codes,
            Collection<Command> commands) {
        this.paymentId = paymentId;
        this.facts = facts;
        this.ledger = Ledger.of(facts);
        this.records = ledger.records();
        this.policy = policy;
        this.clock = clock;
        this.codes = codes;
        this.commands = commands;
    }

    List<Anomaly> anomalies() {
        return anomalies;
    }

    String alertId(AlertType type, String subject) {
        return AlertId.of(paymentId, type, subject);
    }

    /** Notes an anomaly, unless an outcome has settled the matter. */
    void found(AlertType type, String subject, Long amount, Remedy remedy) {
        found(type, type.severity(), subject, amount, remedy);
    }

    void found(AlertType type, AlertType.Severity severity, String subject, Long amount, Remedy remedy) {
        String alertId = alertId(type, subject);
        if (!suppressed(alertId)) {
            anomalies.add(new Anomaly(alertId, type, subject, severity, amount, remedy));
        }
    }

    boolean holds(AlertType type) {
        for (Anomaly a : anomalies) {
            if (a.type() == type) {
                return true;
            }
        }
        return false;
    }

    boolean holds(String alertId) {
        for (Anomaly a : anomalies) {
            if (a.alertId().equals(alertId)) {
                return true;
            }
        }
        return false;
    }

    /** When the retry of an alert was answered with DONE or NOT_NEEDED, or {@link #NEVER}. */
    long retriedAt(String alertId) {
        if (facts.outcomes().isEmpty()) {
            return NEVER;
        }
        return Math.max(
                answeredAt(CommandId.of(alertId, Action.RETRY_CAPTURE)),
                answeredAt(CommandId.of(alertId, Action.RETRY_SETTLEMENT)));
    }

    /** The latest time at which a retry of any alert of a type was answered so, or {@link #NEVER}. */
    long latestRetryOf(AlertType type) {
        long latest = NEVER;
        String prefix = alertId(type, "");
        for (Outcome o : records.outcomes()) {
            if (o.doneOrNotNeeded() && o.commandId().startsWith(prefix)) {
                CommandId id = CommandId.parse(o.commandId());
                if (id != null && retries(id.action())) {
                    latest = Math.max(latest, o.arrivedAtMillis());
                }
            }
        }
        return latest;
    }

    /** Settlements may be astray: money was given back, or a capture that nobody knows was settled. */
    boolean settlementInDoubt() {
        if (!records.returns().isEmpty()) {
            return true;
        }
        for (Settlement s : ledger.settled()) {
            if (ledger.capture(s.captureId()) == null) {
                return true;
            }
        }
        return false;
    }

    /** Whether it was settled after a void or reversal had emptied it; returns the first such settlement or null. */
    Settlement settledAfterReversal(CaptureLine line, List<Settlement> settled) {
        if (line.debit() != 0 || !line.emptied()) {
            return null;
        }
        Settlement first = null;
        for (Settlement s : settled) {
            if (s.occurredAtMillis() > line.emptiedAtMillis()
                    && (first == null || Settlement.BY_OCCURRENCE.compare(s, first) < 0)) {
                first = s;
            }
        }
        return first;
    }

    private long answeredAt(String commandId) {
        Outcome o = records.outcome(commandId);
        return o != null && o.doneOrNotNeeded() ? o.arrivedAtMillis() : NEVER;
    }

    private boolean suppressed(String alertId) {
        return !facts.outcomes().isEmpty()
                && (ended(alertId, Action.REVERSE, false)
                        || ended(alertId, Action.REFUND, false)
                        || ended(alertId, Action.ADJUST, true));
    }

    private boolean ended(String alertId, Action action, boolean doneToo) {
        Outcome o = records.outcome(CommandId.of(alertId, action));
        return o != null && (o.result() == Outcome.Result.NOT_NEEDED || doneToo && o.done());
    }

    private static boolean retries(Action action) {
        return action == Action.RETRY_CAPTURE || action == Action.RETRY_SETTLEMENT;
    }
}
