package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Approvals;
import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.HoldReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The kill switches as people set them: {@code all}, {@code acquirer:ID} or {@code action:NAME}. What is not there is open. They
 * are read by whoever sends, before each intent; inquiries go on while they are closed.
 */
public final class Switches {

    /** The longest scope: "acquirer:" and an identity. */
    public static final int SCOPE_MAX = 9 + 128;

    private static final List<String> ACTIONS =
            List.of("REVERSE", "REFUND", "ADJUST", "RETRY_CAPTURE", "RETRY_SETTLEMENT");

    private final Jdbi jdbi;

    /** One of them, and who set it last. */
    public record Switch(String scope, boolean closed, String reason, String person, Instant at) {}

    public Switches(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All that were ever set. */
    public List<Switch> list() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT scope, closed, reason, person, at FROM kill_switch ORDER BY scope")
                .map((row, context) -> new Switch(
                        row.getString("scope"),
                        row.getBoolean("closed"),
                        row.getString("reason"),
                        row.getString("person"),
                        CommandSummary.instant(row, "at")))
                .list());
    }

    /** Nothing of the scope is sent any more, from the next claim on. */
    public Switch close(Person person, String scope, String reason) {
        return set(person, scope, true, reason);
    }

    /** What is of the scope is sent again, unless another switch is closed. */
    public Switch open(Person person, String scope, String reason) {
        return set(person, scope, false, reason);
    }

    /** What is wrong with a scope; empty if nothing is. */
    public static Optional<String> problem(String scope) {
        boolean action = scope.startsWith("action:") && ACTIONS.contains(scope.substring("action:".length()));
        boolean acquirer = scope.startsWith("acquirer:") && scope.length() > "acquirer:".length();
        return scope.equals("all") || action || acquirer
                ? Optional.empty()
                : Optional.of("is none of all, acquirer:ID and action:NAME, where NAME is one of " + ACTIONS);
    }

    /** The closed switches that hold a command, each with its reason. */
    static List<String> closedFor(Handle handle, String acquirerId, String action) {
        return handle.createQuery("SELECT scope || ' by ' || person || ' (' || reason || ')' FROM kill_switch"
                        + " WHERE closed AND scope IN ('all', :acquirer, :action) ORDER BY scope")
                .bind("acquirer", "acquirer:" + acquirerId)
                .bind("action", "action:" + action)
                .mapTo(String.class)
                .list();
    }

    private Switch set(Person person, String scope, boolean closed, String reason) {
        return jdbi.inTransaction(handle -> {
            Instant at = handle.createQuery("INSERT INTO kill_switch (scope, closed, reason, person)"
                            + " VALUES (:scope, :closed, :reason, :person) ON CONFLICT (scope) DO UPDATE"
                            + " SET closed = :closed, reason = :reason, person = :person, at = now() RETURNING at")
                    .bind("scope", scope)
                    .bind("closed", closed)
                    .bind("reason", reason)
                    .bind("person", person.name())
                    .mapTo(Instant.class)
                    .one();
            if (!closed) {
                Approvals.release(handle, HoldReason.SWITCH);
            }
            Audit.append(
                    handle,
                    person.name(),
                    closed ? "SWITCH_CLOSED" : "SWITCH_OPENED",
                    "switch:" + scope,
                    Map.of("reason", reason));
            return new Switch(scope, closed, reason, person.name(), at);
        });
    }
}
