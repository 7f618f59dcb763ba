package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is remembered of one payment. It has two parts: what was taken in the order of arrival up to the clock, and
 * the events that arrived after the clock and wait for it, because an event of another feed may still come before them.
 *
 * <p>Mutable and confined to one thread; {@link Lifecycle} alone changes it.
 */
public final class Payment {

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private final String paymentId;

    // What was taken.
    Facts facts = Facts.NONE;
    final Map<String, AlertState> alerts;
    final Map<String, Command> commands;
    long lastRecordAtMillis;
    long closedAtMillis = NEVER;
    long nextDeadlineMillis = NEVER;

    // What waits for the clock, in the order of arrival.
    final List<PaymentEvent> waiting;

    // What was told ahead of the clock and is to be confirmed or put right when it gets there.
    final List<EarlyAlert> early;

    // The policy that a call goes by, found once: whose it is, and what it says. Not remembered.
    FeedRecord policyOf;
    Policy policy;

    // What taking all that waits will come to, or null where that must be found out when the time has come.
    Foresight foresight;

    // When something will happen to it, as far as is known.
    long wakeAtMillis = NEVER;

    /** A payment of which nothing is known. */
    public Payment(String paymentId) {
        this.paymentId = paymentId;
        this.alerts = new LinkedHashMap<>(4);
        this.commands = new LinkedHashMap<>(4);
        this.waiting = new ArrayList<>(1);
        this.early = new ArrayList<>(0);
    }

    /** A payment as it was remembered. */
    public Payment(String paymentId, Memory memory) {
        this(paymentId);
        facts = memory.facts();
        for (int i = 0; i < memory.alerts().size(); i++) {
            alerts.put(memory.alerts().get(i).alertId(), memory.alerts().get(i));
        }
        for (int i = 0; i < memory.commands().size(); i++) {
            commands.put(memory.commands().get(i).commandId(), memory.commands().get(i));
        }
        lastRecordAtMillis = memory.lastRecordAtMillis();
        closedAtMillis = memory.closedAtMillis();
        nextDeadlineMillis = memory.nextDeadlineMillis();
        waiting.addAll(memory.waiting());
        early.addAll(memory.early());
        foresight = memory.foresight();
        wakeAtMillis = memory.wakeAtMillis();
    }

    /** All that must be remembered of it. */
    public Memory memory() {
        return new Memory(
                facts,
                List.copyOf(alerts.values()),
                List.copyOf(commands.values()),
                lastRecordAtMillis,
                closedAtMillis,
                nextDeadlineMillis,
                List.copyOf(waiting),
                List.copyOf(early),
                foresight,
                wakeAtMillis);
    }

    /**
     * What was told of an alert before its time.
     *
     * @param atMillis its time; {@link #NEVER} for one that was taken back, of which only the revision matters
     */
    public record EarlyAlert(AlertState told, long atMillis) {}

    /**
     * That the events which wait will change nothing but what is written here, so that they need not be assessed again when
     * the clock reaches them, as long as nothing came before them and the policy is the same.
     *
     * @param policy the {@link Policy#fingerprint} of the policy
     */
    public record Foresight(long nextDeadlineMillis, long closedAtMillis, int policy) {}

    /**
     * The content of a payment, for whoever keeps it.
     *
     * @param waiting events after the clock, in the order of arrival
     * @param closedAtMillis since when nothing is open, or {@link #NEVER}
     * @param foresight what all of waiting will come to, or null when that is not known
     * @param wakeAtMillis before this nothing will happen to it, unless an event arrives
     */
    public record Memory(
            Facts facts,
            List<AlertState> alerts,
            List<Command> commands,
            long lastRecordAtMillis,
            long closedAtMillis,
            long nextDeadlineMillis,
            List<PaymentEvent> waiting,
            List<EarlyAlert> early,
            Foresight foresight,
            long wakeAtMillis) {}

    public String paymentId() {
        return paymentId;
    }

    /** Whether nothing is known of it, so that nothing need be kept. */
    public boolean blank() {
        return facts.none() && waiting.isEmpty() && early.isEmpty();
    }

    /** When its owner must call {@link Lifecycle#advance} again, or {@link #NEVER}; an event may bring it forward or put it off. */
    public long wakeAtMillis() {
        return wakeAtMillis;
    }

    /** All events known, taken or waiting. */
    public Facts facts() {
        return facts;
    }

    /** The states of its alerts, in the order in which they were first raised. */
    public List<AlertState> alerts() {
        return List.copyOf(alerts.values());
    }

    /** Its commands, in the order in which they were made. */
    public List<Command> commands() {
        return List.copyOf(commands.values());
    }

    /** A copy to look ahead with, to which nothing was told early. */
    Payment copy() {
        Payment copy = new Payment(paymentId);
        copy.facts = facts;
        copy.alerts.putAll(alerts);
        copy.commands.putAll(commands);
        copy.lastRecordAtMillis = lastRecordAtMillis;
        copy.closedAtMillis = closedAtMillis;
        copy.nextDeadlineMillis = nextDeadlineMillis;
        copy.waiting.addAll(waiting);
        copy.policyOf = policyOf;
        copy.policy = policy;
        return copy;
    }

    void forget() {
        facts = Facts.NONE;
        alerts.clear();
        commands.clear();
        lastRecordAtMillis = 0;
        closedAtMillis = NEVER;
        nextDeadlineMillis = NEVER;
        early.removeIf(e -> e.atMillis() == NEVER);
    }
}
