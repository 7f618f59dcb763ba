package io.tillwatch.rules.ledger;

import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.CommandId;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which records of a payment count: of several about one capture, settlement or reversal the earliest, of several
 * outcomes of a command the first to arrive, and no capture message that only echoes an automatic approval.
 */
public final class Records {

    private final Facts facts;
    private final Authorization earliestApproved;
    private final List<Capture> captures;
    private final List<Settlement> settled;
    private final Map<String, Outcome> outcomes;
    private final List<Return> returns;

    public Records(Facts facts) {
        this.facts = facts;
        this.earliestApproved = earliestApproved(facts.authorizations());
        this.captures = earliest(facts.captures(), c -> c.accepted() && !echo(c), Capture::captureId);
        this.settled = earliest(facts.settlements(), Settlement::settled, Settlement::settlementId);
        this.outcomes = firstOutcomes(facts.outcomes());
        this.returns = collectReturns();
    }

    /** The approved base authorization that occurred first, or null. */
    Authorization earliestApproved() {
        return earliestApproved;
    }

    /** Whether a capture record only repeats what an automatic approval said. */
    public boolean echo(Capture capture) {
        return earliestApproved != null
                && earliestApproved.automatic()
                && capture.captureId().equals(capture.paymentId());
    }

    /** The accepted captures that count, in the order of arrival. */
    public List<Capture> captures() {
        return captures;
    }

    /** The settlements that count, in the order of arrival. */
    List<Settlement> settled() {
        return settled;
    }

    /** All voids, reversals and refunds that were done, left out of the ledger or not. */
    public List<Return> returns() {
        return returns;
    }

    /** The outcome of a command that counts, or null. */
    public Outcome outcome(String commandId) {
        return outcomes.get(commandId);
    }

    /** The outcomes that count. */
    public Iterable<Outcome> outcomes() {
        return outcomes.values();
    }

    private List<Return> collectReturns() {
        List<Reversal> done = earliest(facts.reversals(), Reversal::done, Reversal::reversalId);
        if (done.isEmpty() && outcomes.isEmpty()) {
            return List.of();
        }
        List<Return> all = new ArrayList<>(done.size() + outcomes.size());
        for (Reversal r : done) {
            all.add(new Return(
                    r.eventId(),
                    r.occurredAtMillis(),
                    r.arrivedAtMillis(),
                    r.amount(),
                    r.captureId(),
                    r.commandId(),
                    r.kind() == Reversal.Kind.REFUND,
                    ofEarlierAttempt(r.paymentId(), r.commandId())));
        }
        for (Outcome o : outcomes.values()) {
            CommandId command = o.done() ? CommandId.parse(o.commandId()) : null;
            if (command != null && command.action().returnsMoney() && !reversalKnown(o.commandId())) {
                all.add(new Return(
                        o.eventId(),
                        o.occurredAtMillis(),
                        o.arrivedAtMillis(),
                        o.amount(),
                        o.captureId(),
                        o.commandId(),
                        command.action() == Action.REFUND,
                        ofEarlierAttempt(o.paymentId(), o.commandId())));
            }
        }
        return all;
    }

    private boolean reversalKnown(String commandId) {
        for (Reversal r : facts.reversals()) {
            if (r.done() && commandId.equals(r.commandId())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the command reversed an unanswered attempt, and another attempt followed and was approved. */
    private boolean ofEarlierAttempt(String paymentId, String commandId) {
        if (commandId == null) {
            return false;
        }
        for (Authorization r : facts.authorizations()) {
            if (r.requestedBase() && commandId.equals(reverseOfUnanswered(paymentId, r.eventId()))) {
                return followed(r);
            }
        }
        return false;
    }

    private boolean followed(Authorization r) {
        for (Authorization next : facts.authorizations()) {
            if (next.requestedBase() && next.occurredAtMillis() > r.occurredAtMillis() && !next.sameAttempt(r)) {
                for (Authorization a : facts.authorizations()) {
                    if (a.approvedBase() && a.occurredAtMillis() >= next.occurredAtMillis()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The id of the command that reverses an unanswered request. */
    public static String reverseOfUnanswered(String paymentId, String requestEventId) {
        return CommandId.of(AlertId.of(paymentId, AlertType.AUTHORIZATION_UNANSWERED, requestEventId), Action.REVERSE);
    }

    private static Authorization earliestApproved(List<Authorization> authorizations) {
        Authorization earliest = null;
        for (int i = 0; i < authorizations.size(); i++) {
            Authorization a = authorizations.get(i);
            if (a.approvedBase() && (earliest == null || Fact.BY_OCCURRENCE.compare(a, earliest) < 0)) {
                earliest = a;
            }
        }
        return earliest;
    }

    private static Map<String, Outcome> firstOutcomes(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return Map.of();
        }
        Map<String, Outcome> first = new LinkedHashMap<>();
        for (Outcome o : outcomes) {
            first.putIfAbsent(o.commandId(), o);
        }
        return first;
    }

    private static <T extends Fact> List<T> earliest(List<T> facts, Predicate<T> counts, Function<T, String> identity) {
        if (facts.isEmpty()) {
            return List.of();
        }
        List<T> found = new ArrayList<>(facts.size());
        Map<String, Integer> places = facts.size() > 1 ? new HashMap<>() : Map.of();
        for (T fact : facts) {
            if (!counts.test(fact)) {
                continue;
            }
            if (facts.size() == 1) {
                found.add(fact);
                continue;
            }
            Integer place = places.putIfAbsent(identity.apply(fact), found.size());
            if (place == null) {
                found.add(fact);
            } else if (Fact.BY_OCCURRENCE.compare(fact, found.get(place)) < 0) {
                found.set(place, fact);
            }
        }
        return found;
    }
}
