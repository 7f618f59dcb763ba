package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.catalogue.Catalogue;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.Policy;
import java.util.List;

/**
 * Takes a payment's records and deadlines in the order of arrival, whatever the order in which the feeds are read.
 *
 * <p>The feeds are read side by side, so a record may be read before another one that arrived earlier. A record is
 * therefore taken only when the clock has reached its arrival, when nothing earlier can come any more: the steps, and
 * with them every alert, revision and command, are the same in every run, live, over a backlog, after a crash or in
 * replay. What a waiting record would change can be told ahead of the clock, as an early alert; it is confirmed without a
 * word when the clock gets there, and put right by a further revision if an earlier record has come in between. Commands
 * are never made early.
 */
public final class Lifecycle {

    /** A wake-up for forgetting may be this late when one for a later deadline is set already. */
    private static final long FORGET_SLACK_MILLIS = 24 * 60 * 60 * 1000L;

    private final Catalogue catalogue;
    private final ResponseCodes codes;
    private final Policies policies;
    private final long earlyWithinMillis;

    /**
     * @param earlyWithinMillis how far ahead of the clock a record may lie for its alerts to be told early; 0 for never.
     *     A record far ahead of the clock stands in a backlog, where nobody waits for it and much may come in between.
     */
    public Lifecycle(ResponseCodes codes, Policies policies, long earlyWithinMillis) {
        this.catalogue = new Catalogue(codes);
        this.codes = codes;
        this.policies = policies;
        this.earlyWithinMillis = earlyWithinMillis;
    }

    /**
     * Takes note of an event.
     *
     * @param clockMillis the clock: every event that arrived by then has been received. An event of a feed that does not
     *     hold the clock may have arrived before it; it is taken at once
     */
    public void receive(Payment payment, PaymentEvent event, long clockMillis, Changes changes) {
        payment.policy = null; // it may have changed since the last call
        catchUp(payment, clockMillis, changes);
        if (event.arrivedAtMillis() <= clockMillis) {
            takeRecord(payment, event, clockMillis, clockMillis, changes);
        } else {
            // A redelivery too: whether the payment still remembers the record is known when its time has come.
            enqueue(payment, event);
        }
        lookAhead(payment, clockMillis, changes);
    }

    /** Takes all that the clock has reached: waiting records and deadlines in their order. */
    public void advance(Payment payment, long clockMillis, Changes changes) {
        if (payment.wakeAtMillis > clockMillis) {
            return; // an event that came after it was asked to be woken has put off what that was for
        }
        payment.wakeAtMillis = Payment.NEVER;
        payment.policy = null; // it may have changed since the last call
        catchUp(payment, clockMillis, changes);
        lookAhead(payment, clockMillis, changes);
    }

    private void catchUp(Payment payment, long clockMillis, Changes changes) {
        takeForeseen(payment, clockMillis, changes);
        while (takeNext(payment, clockMillis, changes) != Taken.NOTHING) {
            // one step after the other
        }
        if (!payment.early.isEmpty()) {
            EarlyAlerts.putRight(payment, clockMillis, changes);
        }
    }

    /** Takes all that waits as it was foreseen, if the clock has reached it and nothing has come in between. */
    private void takeForeseen(Payment payment, long clockMillis, Changes changes) {
        Payment.Foresight foresight = payment.foresight;
        if (foresight == null
                || payment.waiting.get(payment.waiting.size() - 1).arrivedAtMillis() > clockMillis
                || foresight.policy() != policyAhead(payment).fingerprint()) {
            return;
        }
        for (PaymentEvent event : payment.waiting) {
            note(payment, event, changes);
        }
        payment.waiting.clear();
        payment.foresight = null;
        payment.nextDeadlineMillis = foresight.nextDeadlineMillis();
        payment.closedAtMillis = foresight.closedAtMillis();
    }

    /** The policy under which the first of what waits will be taken. */
    private Policy policyAhead(Payment payment) {
        if (payment.facts.first() == null && payment.waiting.get(0) instanceof FeedRecord first) {
            return policies.of(first.acquirerId(), first.merchantId());
        }
        return policy(payment);
    }

    private enum Taken {
        NOTHING,
        RECORD,
        DEADLINE
    }

    /** Takes the next record or deadline if the clock has reached it. Records of a time come before its deadlines. */
    private Taken takeNext(Payment payment, long clockMillis, Changes changes) {
        long record = payment.waiting.isEmpty()
                ? Payment.NEVER
                : payment.waiting.get(0).arrivedAtMillis();
        long forget = forgetAt(payment);
        long deadline = Math.min(payment.nextDeadlineMillis, forget);
        if (deadline < record && deadline <= clockMillis) {
            if (payment.nextDeadlineMillis <= forget) {
                Step.take(payment, catalogue, codes, policy(payment), deadline, deadline, changes);
            } else {
                changes.forgotten(payment.closedAtMillis != Payment.NEVER);
                payment.forget();
            }
            return Taken.DEADLINE;
        }
        if (record <= clockMillis && record != Payment.NEVER) {
            takeRecord(payment, payment.waiting.remove(0), record - 1, record, changes);
            return Taken.RECORD;
        }
        return Taken.NOTHING;
    }

    private void takeRecord(Payment payment, PaymentEvent event, long clockMillis, long atMillis, Changes changes) {
        if (note(payment, event, changes)) {
            Step.take(payment, catalogue, codes, policy(payment), clockMillis, atMillis, changes);
        }
    }

    /** Says whether it is new. */
    private static boolean note(Payment payment, PaymentEvent event, Changes changes) {
        if (event instanceof Fact fact && payment.facts.knows(fact.eventId())) {
            changes.duplicateIgnored();
            return false;
        }
        payment.facts = payment.facts.and(event);
        payment.lastRecordAtMillis = Math.max(payment.lastRecordAtMillis, event.arrivedAtMillis());
        return true;
    }

    /** Finds out when the payment must be woken: when the first of what it waits for will change something. */
    private void lookAhead(Payment payment, long clockMillis, Changes changes) {
        Payment ahead = payment.waiting.isEmpty() ? payment : payment.copy();
        long wakeAt = Payment.NEVER;
        long reached = clockMillis;
        boolean certain = true;
        boolean onlyRecords = true;
        while (!ahead.waiting.isEmpty() && certain) {
            Foreseen foreseen = new Foreseen();
            long nextRecord = ahead.waiting.get(0).arrivedAtMillis();
            long deadline = Math.min(ahead.nextDeadlineMillis, forgetAt(ahead));
            Taken taken = takeNext(ahead, Payment.NEVER - 1, foreseen);
            if (taken == Taken.NOTHING) {
                break; // it arrives at the end of time
            }
            onlyRecords &= taken == Taken.RECORD;
            reached = Math.max(reached, taken == Taken.RECORD ? nextRecord : deadline);
            if (foreseen.anything()) {
                wakeAt = Math.min(wakeAt, taken == Taken.RECORD ? nextRecord : deadline);
                // Not by subtraction: before anything was read, the clock stands at the beginning of time.
                certain = taken == Taken.RECORD && nextRecord <= clockMillis + earlyWithinMillis;
                if (certain) {
                    EarlyAlerts.tell(payment, foreseen.alerts(), nextRecord, changes);
                }
            }
        }
        boolean foreseen = ahead != payment && ahead.waiting.isEmpty() && onlyRecords && wakeAt == Payment.NEVER;
        payment.foresight = foreseen && payment.early.isEmpty() ? foresight(payment, ahead) : null;
        for (Payment.EarlyAlert e : payment.early) {
            wakeAt = Math.min(wakeAt, e.atMillis());
        }
        if (certain) {
            wakeAt = Math.min(wakeAt, ahead.nextDeadlineMillis);
            // The first record of a feed brings its merchant's policy, by which the time to forget may be long over.
            long forget = Math.max(forgetAt(ahead), reached);
            boolean wokenSoonAfter =
                    payment.wakeAtMillis >= forget && payment.wakeAtMillis - forget <= FORGET_SLACK_MILLIS;
            wakeAt = Math.min(wakeAt, wokenSoonAfter ? payment.wakeAtMillis : forget);
        }
        payment.wakeAtMillis = wakeAt;
    }

    /** Null if not all of what waits is taken under one policy. */
    private Payment.Foresight foresight(Payment payment, Payment ahead) {
        Policy before = policyAhead(payment);
        Policy after = policy(ahead);
        return before == after
                ? new Payment.Foresight(ahead.nextDeadlineMillis, ahead.closedAtMillis, after.fingerprint())
                : null;
    }

    private Policy policy(Payment payment) {
        FeedRecord first = payment.facts.first();
        if (payment.policy == null || payment.policyOf != first) {
            payment.policyOf = first;
            payment.policy = policies.of(payment.facts.acquirerId(), payment.facts.merchantId());
        }
        return payment.policy;
    }

    private long forgetAt(Payment payment) {
        if (payment.facts.none()) {
            return Payment.NEVER;
        }
        Policy policy = policy(payment);
        long whateverItsState = payment.lastRecordAtMillis + policy.forgetAfter();
        return payment.closedAtMillis == Payment.NEVER
                ? whateverItsState
                : Math.min(whateverItsState, payment.closedAtMillis + policy.rememberFor());
    }

    /** Puts an event into its place in the order of arrival; those of one time by feed, then as they were read. */
    private static void enqueue(Payment payment, PaymentEvent event) {
        List<PaymentEvent> waiting = payment.waiting;
        int place = waiting.size();
        while (place > 0 && before(event, waiting.get(place - 1))) {
            place--;
        }
        waiting.add(place, event);
    }

    private static boolean before(PaymentEvent one, PaymentEvent other) {
        int byTime = Long.compare(one.arrivedAtMillis(), other.arrivedAtMillis());
        return byTime < 0 || byTime == 0 && one.feed().compareTo(other.feed()) < 0;
    }

    /** The alert as it is told. */
    static Alert alert(Payment payment, AlertState state, long atMillis, Evidence evidence) {
        FeedRecord first = payment.facts.first();
        return new Alert(
                state.alertId(),
                state.revision(),
                state.raised(),
                state.type(),
                state.severity(),
                payment.paymentId(),
                state.subject(),
                first == null ? null : first.acquirerId(),
                first == null ? null : first.merchantId(),
                first == null ? null : first.terminalId(),
                atMillis,
                state.amount(),
                state.currency(),
                state.cause(),
                state.commandId(),
                evidence);
    }
}
