package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Approvals;
import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.HoldReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * Budgets as people set them: how much an acquirer's commands may do before the rest is held. They are kept by whoever sends,
 * before each intent.
 */
public final class Budgets {

    /** For the acquirers without their own. */
    public static final String OTHERS = "*";

    private final Jdbi jdbi;

    /**
     * One of them, and who set it last.
     *
     * @param acquirerId or {@link #OTHERS}
     * @param commandsPerMinute from 0 on
     * @param amountPerHour from 0 on, minor units of each currency
     */
    public record Budget(String acquirerId, int commandsPerMinute, long amountPerHour, String person, Instant at) {}

    public Budgets(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<Budget> list() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT acquirer_id, commands_per_minute, amount_per_hour, person, at FROM budget ORDER BY acquirer_id")
                .map((row, context) -> new Budget(
                        row.getString("acquirer_id"),
                        row.getInt("commands_per_minute"),
                        row.getLong("amount_per_hour"),
                        row.getString("person"),
                        CommandSummary.instant(row, "at")))
                .list());
    }

    /** Sets one, whether or not it was there. */
    public Budget set(Person person, String acquirerId, int commandsPerMinute, long amountPerHour) {
        return jdbi.inTransaction(handle -> {
            Instant at = handle.createQuery(
                            "INSERT INTO budget (acquirer_id, commands_per_minute, amount_per_hour, person)"
                                    + " VALUES (:id, :commands, :amount, :person) ON CONFLICT (acquirer_id) DO UPDATE"
                                    + " SET commands_per_minute = :commands, amount_per_hour = :amount, person = :person, at = now()"
                                    + " RETURNING at")
                    .bind("id", acquirerId)
                    .bind("commands", commandsPerMinute)
                    .bind("amount", amountPerHour)
                    .bind("person", person.name())
                    .mapTo(Instant.class)
                    .one();
            Approvals.release(handle, HoldReason.BUDGET);
            Audit.append(
                    handle,
                    person.name(),
                    "BUDGET_SET",
                    "budget:" + acquirerId,
                    Map.of("commandsPerMinute", commandsPerMinute, "amountPerHour", amountPerHour));
            return new Budget(acquirerId, commandsPerMinute, amountPerHour, person.name(), at);
        });
    }

    /** Removes one: that of the others counts then, or none. */
    public Decided<Void> remove(Person person, String acquirerId) {
        return jdbi.inTransaction(handle -> {
            int removed = handle.createUpdate("DELETE FROM budget WHERE acquirer_id = :id")
                    .bind("id", acquirerId)
                    .execute();
            if (removed == 0) {
                return new Decided.Refused<>(Refusal.NOT_FOUND, "That acquirer has no budget of its own.");
            }
            Approvals.release(handle, HoldReason.BUDGET);
            Audit.append(handle, person.name(), "BUDGET_REMOVED", "budget:" + acquirerId, Map.of());
            return new Decided.Done<Void>(null);
        });
    }
}
