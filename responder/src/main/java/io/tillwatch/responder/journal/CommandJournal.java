package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLState;

/**
 * The journal as the holder of a command writes it, one transaction a step:
 *
 * <pre>
 * RECEIVED → HELD → INQUIRING → SENDING → DONE | NOT_NEEDED | FAILED | UNKNOWN → INQUIRING … → ESCALATED
 * </pre>
 *
 * <p>A command is taken with a lease by the database's clock and a fence; each later write holds only as long as the fence
 * is the same and the state is the one that the step leaves. So a holder whose lease was lost while it slept can write
 * nothing, whatever it believes. Nothing may be sent before {@link #intend} has said {@link Intent.Committed}.
 *
 * <p>For any number of threads and instances. Failures of the database are {@link org.jdbi.v3.core.JdbiException}s: whether
 * the step was taken is not known then, and is found out when the command is next taken.
 */
public final class CommandJournal {

    /** After how long a command is looked at again that waits for another of its payment. */
    private static final Duration BEHIND_ANOTHER = Duration.ofMillis(500);

    private final Jdbi jdbi;
    private final JournalSettings settings;
    private final Predicate<Command> waitsForPerson;
    private final Outbox outbox;

    /**
     * @param waitsForPerson which retries need a person's approval even if they do not say so; of other actions it must be
     *     false, and it is not asked on their usual way
     */
    public CommandJournal(Database database, JournalSettings settings, Predicate<Command> waitsForPerson) {
        this(database, settings, waitsForPerson, Outbox.Writings.singleObject());
    }

    /**
     * The same.
     *
     * @param writings how what is told is written
     */
    public CommandJournal(
            Database database, JournalSettings settings, Predicate<Command> waitsForPerson, Outbox.Writings writings) {
        this.jdbi = database.jdbi();
        this.settings = settings;
        this.waitsForPerson = waitsForPerson;
        this.outbox = new Outbox(settings.publishReversals(), writings);
    }

    /** How many different persons must approve a command before it moves: none, one or two. */
    public int approvalsNeeded(Command command) {
        if (command.getApproval() == Approval.AUTOMATIC && !waitsForPerson.test(command)) {
            return 0;
        }
        return Math.absExact(command.getAmount()) > settings.fourEyesAbove() ? 2 : 1;
    }

    /** Takes a command for one turn, or says why not. What is due without the acquirer being asked is done at once. */
    public Turn take(String commandId) {
        Optional<Claim> usual = jdbi.withHandle(handle -> Steps.claimUsual(handle, commandId, settings));
        return usual.isPresent() ? new Turn.Taken(usual.get()) : takeStepByStep(commandId);
    }

    private Turn takeStepByStep(String commandId) {
        try {
            return jdbi.inTransaction(handle ->
                    Row.lock(handle, commandId).map(row -> take(handle, row)).orElseGet(() -> gone(handle, commandId)));
        } catch (Guards.UnreadableException e) {
            return jdbi.inTransaction(handle -> Row.lock(handle, commandId)
                    .map(row -> waits(handle, row, row.now().plus(settings.recheckAfter()), "SWITCHES_UNREADABLE"))
                    .orElseGet(() -> gone(handle, commandId)));
        }
    }

    private Turn take(Handle handle, Row row) {
        if (row.state().isEnd()) {
            return gone(handle, row.commandId());
        }
        if (row.claimed()) {
            Instant until = row.claimedUntil().orElseThrow();
            Schedule.putBack(handle, row.commandId(), until);
            return new Turn.Waits(until, "HELD_BY_ANOTHER");
        }
        if (row.dueAt().isAfter(row.now())) {
            Schedule.putBack(handle, row.commandId(), row.dueAt());
            return new Turn.Waits(row.dueAt(), "NOT_DUE");
        }
        return row.attempts() > 0 ? claim(handle, row) : takeUnsent(handle, row);
    }

    private Turn takeUnsent(Handle handle, Row row) {
        if (row.withdrawn()) {
            return end(handle, row, End.notNeeded("WITHDRAWN: its alert has cleared"));
        }
        if (row.now().isAfter(row.expiresAt())) {
            return end(handle, row, End.escalated("EXPIRED: not sent before expiresAt" + waitedFor(row)));
        }
        int needed = approvalsNeeded(row.command());
        if (needed > 0 && approvals(handle, row) < needed) {
            return hold(handle, row, HoldReason.APPROVAL, row.expiresAt(), "APPROVAL: " + needed + " needed");
        }
        if (another(handle, row, "in_doubt")) {
            return end(
                    handle,
                    row,
                    End.escalated("IN_DOUBT: another command of the payment was sent and may still take effect"));
        }
        if (another(handle, row, "in_flight")) {
            return waits(handle, row, row.now().plus(BEHIND_ANOTHER), "BEHIND_ANOTHER: of the same payment");
        }
        // Asked once before it was held; no need to ask the acquirer again each time it is looked at.
        if (row.holdReason().isPresent() && row.holdReason().get() != HoldReason.APPROVAL) {
            Optional<Guards.Closed> closed = Guards.closed(handle, row.command());
            if (closed.isPresent()) {
                return hold(
                        handle,
                        row,
                        closed.get().reason(),
                        recheck(row),
                        closed.get().detail());
            }
        }
        return claim(handle, row);
    }

    private Turn claim(Handle handle, Row row) {
        return new Turn.Taken(Steps.claim(handle, row, settings));
    }

    /**
     * Commits the intent to send, if switches, budgets and the payment's other commands allow it; if not, the command is put
     * back.
     *
     * @param inquired what the inquiry gave, in a few words
     * @param identifiers what the first attempt is to call itself
     */
    public Intent intend(Claim claim, String inquired, Map<String, String> identifiers) {
        try {
            Optional<Intent> usual =
                    jdbi.withHandle(handle -> Steps.intendUsual(handle, claim, inquired, identifiers, settings));
            if (usual.isPresent()) {
                return usual.get();
            }
        } catch (UnableToExecuteStatementException e) {
            if (isUniqueViolation(e)) {
                return putBack(claim, null, BEHIND_ANOTHER, "BEHIND_ANOTHER: of the same payment");
            }
            // Perhaps the guards cannot be read; step by step it shows.
        }
        return intendGuarded(claim, inquired, identifiers);
    }

    private Intent intendGuarded(Claim claim, String inquired, Map<String, String> identifiers) {
        try {
            return jdbi.inTransaction(handle -> intend(handle, claim, inquired, identifiers));
        } catch (Guards.UnreadableException e) {
            return putBack(claim, HoldReason.SWITCH, settings.recheckAfter(), "SWITCHES_UNREADABLE: counted as closed");
        } catch (UnableToExecuteStatementException e) {
            if (isUniqueViolation(e)) {
                return putBack(claim, null, BEHIND_ANOTHER, "BEHIND_ANOTHER: of the same payment");
            }
            throw e;
        }
    }

    private Intent intend(Handle handle, Claim claim, String inquired, Map<String, String> identifiers) {
        Optional<Guards.Closed> closed = Guards.closed(handle, claim.command());
        if (closed.isPresent()) {
            return putBack(
                            handle,
                            claim,
                            closed.get().reason(),
                            settings.recheckAfter(),
                            closed.get().detail())
                    ? new Intent.PutBack(closed.get().detail())
                    : new Intent.Lost();
        }
        return Steps.intend(handle, claim, inquired, identifiers, settings).orElseGet(() -> notIntended(handle, claim));
    }

    /** The next turn finds out what has changed: withdrawn, expired, or another command goes first. */
    private Intent notIntended(Handle handle, Claim claim) {
        String why = "CHANGED: withdrawn, expired or overtaken since the inquiry";
        return putBack(handle, claim, null, BEHIND_ANOTHER, why) ? new Intent.PutBack(why) : new Intent.Lost();
    }

    /**
     * Nothing can be relied on: the acquirer is asked again later.
     *
     * @param exchange the one that was not answered
     * @return false if somebody else holds the command by now
     */
    public boolean unknown(Claim claim, int exchange, String detail, Duration backoff) {
        return jdbi.inTransaction(handle -> {
            Optional<Instant> due = handle.createQuery("UPDATE command SET state = 'UNKNOWN',"
                            + " state_since = clock_timestamp(), unanswered = unanswered + 1, claimed_by = NULL,"
                            + " claimed_until = NULL, detail = :detail,"
                            + " due_at = clock_timestamp() + make_interval(secs => :backoff)"
                            + " WHERE command_id = :id AND fence = :fence AND state IN ('INQUIRING', 'SENDING')"
                            + " RETURNING due_at")
                    .bind("id", claim.commandId())
                    .bind("fence", claim.fence())
                    .bind("detail", Steps.cut(detail))
                    .bind("backoff", backoff.toMillis() / 1_000.0)
                    .mapTo(Instant.class)
                    .findOne();
            due.ifPresent(at -> {
                answered(handle, claim.commandId(), exchange, detail);
                Schedule.putBack(handle, claim.commandId(), at);
            });
            return due.isPresent();
        });
    }

    /** Puts a command back that nothing was sent of in this turn, without a turn being counted; false if it was lost. */
    public boolean putBack(Claim claim, Duration delay, String why) {
        return jdbi.inTransaction(handle -> putBack(handle, claim, null, delay, why));
    }

    private Intent putBack(Claim claim, HoldReason reason, Duration delay, String why) {
        return jdbi.<Boolean, RuntimeException>inTransaction(handle -> putBack(handle, claim, reason, delay, why))
                ? new Intent.PutBack(why)
                : new Intent.Lost();
    }

    private boolean putBack(Handle handle, Claim claim, HoldReason reason, Duration delay, String why) {
        Optional<Instant> due = handle.createQuery("UPDATE command SET state = CASE WHEN attempts > 0 THEN 'UNKNOWN'"
                        + " WHEN CAST(:reason AS text) IS NULL THEN 'RECEIVED' ELSE 'HELD' END,"
                        + " hold_reason = CASE WHEN attempts > 0 THEN NULL ELSE CAST(:reason AS text) END,"
                        + " state_since = clock_timestamp(), claimed_by = NULL, claimed_until = NULL, detail = :why,"
                        + " due_at = clock_timestamp() + make_interval(secs => :delay)"
                        + " WHERE command_id = :id AND fence = :fence AND state = 'INQUIRING' RETURNING due_at")
                .bind("id", claim.commandId())
                .bind("fence", claim.fence())
                .bind("reason", reason == null ? null : reason.name())
                .bind("why", Steps.cut(why))
                .bind("delay", delay.toMillis() / 1_000.0)
                .mapTo(Instant.class)
                .findOne();
        due.ifPresent(at -> {
            answered(handle, claim.commandId(), claim.exchange(), why);
            Schedule.putBack(handle, claim.commandId(), at);
        });
        return due.isPresent();
    }

    /**
     * Ends a command, with the records that tell of it.
     *
     * @param exchange the one that was answered last
     * @return false if somebody else holds the command by now
     */
    public boolean end(Claim claim, int exchange, End end) {
        Outbox.Records records = outbox.records(claim.command(), end, claim.now());
        return jdbi.withHandle(handle -> Steps.end(
                handle,
                claim.command(),
                claim.fence(),
                "state IN ('INQUIRING', 'SENDING')",
                end,
                records,
                Optional.of(exchange)));
    }

    /** Ends a command that nobody holds, or whose holder has sent nothing and is overruled by the new fence. */
    Turn end(Handle handle, Row row, End end) {
        handle.createUpdate("UPDATE command SET fence = fence + 1 WHERE command_id = :id")
                .bind("id", row.commandId())
                .execute();
        Outbox.Records records = outbox.records(row.command(), end, row.now());
        Steps.end(handle, row.command(), row.fence() + 1, "NOT in_flight", end, records, Optional.empty());
        return new Turn.Ended(end.state());
    }

    private Turn hold(Handle handle, Row row, HoldReason reason, Instant until, String detail) {
        handle.createUpdate("UPDATE command SET state_since = CASE WHEN state = 'HELD' THEN state_since"
                        + " ELSE clock_timestamp() END, state = 'HELD', hold_reason = :reason, due_at = :due,"
                        + " detail = :detail WHERE command_id = :id")
                .bind("id", row.commandId())
                .bind("reason", reason.name())
                .bind("due", until)
                .bind("detail", Steps.cut(detail))
                .execute();
        Schedule.putBack(handle, row.commandId(), until);
        return new Turn.Waits(until, detail);
    }

    private static Turn waits(Handle handle, Row row, Instant until, String why) {
        handle.createUpdate("UPDATE command SET due_at = :due, detail = :why WHERE command_id = :id")
                .bind("id", row.commandId())
                .bind("due", until)
                .bind("why", why)
                .execute();
        Schedule.putBack(handle, row.commandId(), until);
        return new Turn.Waits(until, why);
    }

    private static Turn gone(Handle handle, String commandId) {
        Schedule.remove(handle, commandId);
        return new Turn.Gone();
    }

    private Instant recheck(Row row) {
        Instant next = row.now().plus(settings.recheckAfter());
        // Just behind expiresAt, at which it may still be sent.
        Instant expired = row.expiresAt().plusMillis(1);
        return next.isBefore(expired) ? next : expired;
    }

    private static String waitedFor(Row row) {
        return row.holdReason().map(reason -> ", held for " + reason).orElse("");
    }

    /** Different persons who approved exactly this content. */
    static int approvals(Handle handle, Row row) {
        return handle.createQuery("SELECT count(DISTINCT person) FROM approval"
                        + " WHERE command_id = :id AND content_hash = :hash")
                .bind("id", row.commandId())
                .bind("hash", HexFormat.of().parseHex(row.contentHash()))
                .mapTo(Integer.class)
                .one();
    }

    private static boolean another(Handle handle, Row row, String condition) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM command"
                        + " WHERE payment_id = :payment AND command_id <> :id AND " + condition + ")")
                .bind("payment", row.command().getPaymentId())
                .bind("id", row.commandId())
                .mapTo(Boolean.class)
                .one();
    }

    private static void answered(Handle handle, String commandId, int number, String answer) {
        handle.createUpdate("UPDATE attempt SET answered_at = clock_timestamp(), answer = :answer"
                        + " WHERE command_id = :id AND number = :number")
                .bind("id", commandId)
                .bind("number", number)
                .bind("answer", Steps.cut(answer))
                .execute();
    }

    private static boolean isUniqueViolation(UnableToExecuteStatementException e) {
        return e.getCause() instanceof java.sql.SQLException cause
                && PSQLState.UNIQUE_VIOLATION.getState().equals(cause.getSQLState());
    }
}
