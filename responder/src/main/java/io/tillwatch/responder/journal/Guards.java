package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/**
 * What may stop a command before it is sent: switches and budgets. A guard that cannot be read is closed.
 *
 * <p>A budget of an acquirer counts intents: commands within the last minute, and amounts of one currency within the last
 * hour, of all instances. A command whose amount alone is more than the budget never fits and is escalated when it expires.
 */
public final class Guards {

    /** Why a command is not let through. */
    record Closed(HoldReason reason, String detail) {}

    /** The guards cannot be read: whoever asks treats them as closed, in a transaction of its own. */
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(JdbiException cause) {
            super("switches or budgets cannot be read", cause);
        }
    }

    private Guards() {}

    /** The scope of a switch that stops everything. */
    public static final String ALL = "all";

    /** The scope of an acquirer's switch. */
    public static String scope(String acquirerId) {
        return "acquirer:" + acquirerId;
    }

    /** The scope of an action's switch. */
    public static String scope(Action action) {
        return "action:" + action;
    }

    /**
     * What stops this command now.
     *
     * @throws UnreadableException if that cannot be said; the transaction is of no use any more
     */
    static Optional<Closed> closed(Handle handle, Command command) {
        try {
            Optional<Closed> bySwitch = switches(handle, command);
            return bySwitch.isPresent() ? bySwitch : budgets(handle, command);
        } catch (JdbiException e) {
            throw new UnreadableException(e);
        }
    }

    /** What a statement that looks at the guards by itself wants to know. */
    static void bind(Query query, Command command) {
        query.bind("all", ALL)
                .bind("acquirerScope", scope(command.getOriginal().getAcquirerId()))
                .bind("actionScope", scope(command.getAction()))
                .bind("acquirer", command.getOriginal().getAcquirerId());
    }

    private static Optional<Closed> switches(Handle handle, Command command) {
        return handle.createQuery(
                        "SELECT scope FROM kill_switch WHERE closed AND scope IN (:all, :acquirer, :action) LIMIT 1")
                .bind("all", ALL)
                .bind("acquirer", scope(command.getOriginal().getAcquirerId()))
                .bind("action", scope(command.getAction()))
                .mapTo(String.class)
                .findOne()
                .map(scope -> new Closed(HoldReason.SWITCH, "SWITCH_CLOSED: " + scope));
    }

    private record Budget(String acquirerId, long commandsPerMinute, long amountPerHour) {}

    private static Optional<Closed> budgets(Handle handle, Command command) {
        String acquirer = command.getOriginal().getAcquirerId();
        Optional<Budget> budget = handle.createQuery("SELECT acquirer_id, commands_per_minute, amount_per_hour"
                        + " FROM budget WHERE acquirer_id IN (:acquirer, '*') ORDER BY acquirer_id = '*' LIMIT 1")
                .bind("acquirer", acquirer)
                .map((row, context) -> new Budget(row.getString(1), row.getLong(2), row.getLong(3)))
                .findOne();
        if (budget.isEmpty()) {
            return Optional.empty();
        }
        // One at a time: two intents that each fit must not be over it together.
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:acquirer, 7))::text")
                .bind("acquirer", acquirer)
                .mapTo(String.class)
                .findOne();
        long commands = handle.createQuery("SELECT count(*) FROM spent"
                        + " WHERE acquirer_id = :acquirer AND at > clock_timestamp() - interval '1 minute'")
                .bind("acquirer", acquirer)
                .mapTo(Long.class)
                .one();
        if (commands >= budget.get().commandsPerMinute()) {
            return Optional.of(new Closed(HoldReason.BUDGET, "BUDGET_SPENT: commands per minute"));
        }
        // Summed as numeric, which does not overflow; compared there too.
        boolean fits = handle.createQuery("SELECT coalesce(sum(amount), 0) + :amount <= :budget FROM spent"
                        + " WHERE acquirer_id = :acquirer AND currency = :currency"
                        + " AND at > clock_timestamp() - interval '1 hour'")
                .bind("amount", Math.absExact(command.getAmount()))
                .bind("budget", budget.get().amountPerHour())
                .bind("acquirer", acquirer)
                .bind("currency", command.getCurrency())
                .mapTo(Boolean.class)
                .one();
        return fits ? Optional.empty() : Optional.of(new Closed(HoldReason.BUDGET, "BUDGET_SPENT: amount per hour"));
    }
}
