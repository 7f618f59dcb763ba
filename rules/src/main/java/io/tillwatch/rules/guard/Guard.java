package io.tillwatch.rules.guard;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.catalogue.CommandMaker;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches one acquirer: which of its feeds are silent, and how many automatic commands it was sent. Whoever owns it hands
 * over what arrived in the order of time. Mutable and confined to one thread.
 */
public final class Guard {

    private final String acquirerId;
    private final FeedWatch[] feeds;
    private final Budget budget;
    private int budgetRevision;
    private boolean overBudget;

    /** An acquirer of which nothing was heard. */
    public Guard(String acquirerId) {
        this(acquirerId, new Memory(List.of(FeedWatch.NEW, FeedWatch.NEW, FeedWatch.NEW), List.of(), 0, false));
    }

    /** An acquirer as it was remembered. */
    public Guard(String acquirerId, Memory memory) {
        this.acquirerId = acquirerId;
        this.feeds = memory.feeds().toArray(FeedWatch[]::new);
        this.budget = new Budget(memory.spent());
        this.budgetRevision = memory.budgetRevision();
        this.overBudget = memory.overBudget();
    }

    /** All that must be remembered of it. */
    public Memory memory() {
        return new Memory(Arrays.asList(feeds.clone()), budget.seconds(), budgetRevision, overBudget);
    }

    /**
     * The content of a guard, for whoever keeps it.
     *
     * @param feeds one for each {@link WatchedFeed}, in their order
     * @param spent the seconds of the budget's window in which commands were let through
     */
    public record Memory(List<FeedWatch> feeds, List<Spent> spent, int budgetRevision, boolean overBudget) {}

    /** Commands let through in one second, with their amounts in minor units by currency. */
    public record Spent(long startMillis, int commands, Map<String, Long> amounts) {
        public Spent {
            amounts = Map.copyOf(amounts);
        }
    }

    /** Takes note of what was heard of the acquirer's feeds in one moment. A feed that was heard is not awaited in it. */
    public void hear(long atMillis, int kinds, Policy policy, Consumer<Alert> alerts) {
        for (WatchedFeed feed : WatchedFeed.values()) {
            FeedWatch before = feeds[feed.ordinal()];
            FeedWatch after = before;
            if ((kinds & feed.heard()) != 0) {
                after = before.heard();
            } else if ((kinds & feed.awaited()) != 0) {
                after = before.awaited(atMillis, policy.get(feed.silentFor()));
            }
            feeds[feed.ordinal()] = after;
            if (after.revision() != before.revision()) {
                String alertId = AlertId.feedSilent(feed.feed(), acquirerId);
                alerts.accept(
                        alert(alertId, after.revision(), after.silent(), AlertType.FEED_SILENT, feed.feed(), atMillis));
            }
        }
    }

    /**
     * Why an automatic command that is made now must wait for a person, or null when it may go. One that may go is counted
     * against the budget.
     */
    public ApprovalReason holds(Command command, Policy policy, Consumer<Alert> alerts) {
        WatchedFeed under = WatchedFeed.under(AlertId.typeOf(command.paymentId(), command.alertId()));
        if (under != null && feeds[under.ordinal()].silent()) {
            return ApprovalReason.FEED_UNHEALTHY;
        }
        if (budget.spend(command, policy)) {
            return null;
        }
        if (!overBudget) {
            overBudget = true;
            budgetRevision++;
            alerts.accept(budgetAlert(command.issuedAtMillis()));
        }
        return ApprovalReason.BUDGET_EXCEEDED;
    }

    /** The command, held for a person: it may be sent as soon as one allows it. */
    public static Command hold(Command command, ApprovalReason reason, Policy policy) {
        long notBefore = command.issuedAtMillis();
        return command.held(reason, notBefore, CommandMaker.expiresAt(false, notBefore, policy));
    }

    /** Whether the budget is exceeded, so that {@link #look} must be called at {@link #nextLookAt}. */
    public boolean overBudget() {
        return overBudget;
    }

    /** When the budget may have room again. */
    public long nextLookAt(long atMillis) {
        return budget.nextLookAt(atMillis);
    }

    /** Looks whether the budget has room again. */
    public void look(long atMillis, Policy policy, Consumer<Alert> alerts) {
        if (overBudget && budget.below(atMillis, policy)) {
            overBudget = false;
            budgetRevision++;
            alerts.accept(budgetAlert(atMillis));
        }
    }

    private Alert budgetAlert(long atMillis) {
        String alertId = AlertId.budgetExceeded(acquirerId);
        return alert(alertId, budgetRevision, overBudget, AlertType.BUDGET_EXCEEDED, null, atMillis);
    }

    private Alert alert(String alertId, int revision, boolean raised, AlertType type, String subject, long atMillis) {
        return new Alert(
                alertId,
                revision,
                raised,
                type,
                type.severity(),
                null,
                subject,
                acquirerId,
                null,
                null,
                atMillis,
                null,
                null,
                Cause.UNKNOWN,
                null,
                null);
    }
}
