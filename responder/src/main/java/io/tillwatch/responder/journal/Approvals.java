package io.tillwatch.responder.journal;

import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What persons decide about commands that were not sent. Each is one step in the caller's transaction, so that the caller's
 * audit row stands or falls with it; the commandId's row is locked until it ends.
 */
public final class Approvals {

    private final CommandJournal journal;

    public Approvals(CommandJournal journal) {
        this.journal = journal;
    }

    /** What a decision came to. */
    public enum Answer {
        /** It counts, and no more is needed: the command goes on. */
        ENOUGH,
        /** It counts, and another person's is needed. */
        ONE_MORE,
        /** It is rejected and ends with FAILED: there is and will be no effect. */
        REJECTED,
        /** This person has approved it before. */
        ALREADY_BY_THIS_PERSON,
        /** It was never seen. */
        NO_SUCH_COMMAND,
        /** The content that was looked at is not the one in the journal. */
        OTHER_CONTENT,
        /** It needs no approval. */
        NOT_ASKED_FOR,
        /** It has ended, was withdrawn, has expired or was sent. */
        TOO_LATE
    }

    /**
     * Approves exactly this content.
     *
     * @param contentHash in hex, of the content that the person was shown
     */
    public Answer approve(Handle handle, String commandId, String contentHash, String person) {
        Optional<Row> found = Row.lock(handle, commandId);
        if (found.isEmpty()) {
            return Answer.NO_SUCH_COMMAND;
        }
        Row row = found.get();
        Optional<Answer> problem = problem(row, contentHash);
        if (problem.isPresent()) {
            return problem.get();
        }
        int needed = journal.approvalsNeeded(row.command());
        if (needed == 0) {
            return Answer.NOT_ASKED_FOR;
        }
        int added = handle.createUpdate("INSERT INTO approval (command_id, person, content_hash, approved_at)"
                        + " VALUES (:id, :person, :hash, clock_timestamp()) ON CONFLICT DO NOTHING")
                .bind("id", commandId)
                .bind("person", person)
                .bind("hash", HexFormat.of().parseHex(contentHash))
                .execute();
        if (added == 0) {
            return Answer.ALREADY_BY_THIS_PERSON;
        }
        if (CommandJournal.approvals(handle, row) < needed) {
            return Answer.ONE_MORE;
        }
        lookNow(handle, row);
        return Answer.ENOUGH;
    }

    /** Rejects exactly this content. */
    public Answer reject(Handle handle, String commandId, String contentHash, String reason) {
        Optional<Row> found = Row.lock(handle, commandId);
        if (found.isEmpty()) {
            return Answer.NO_SUCH_COMMAND;
        }
        Optional<Answer> problem = problem(found.get(), contentHash);
        if (problem.isPresent()) {
            return problem.get();
        }
        journal.end(handle, found.get(), End.failed("REJECTED_BY_PERSON: " + reason));
        return Answer.REJECTED;
    }

    /** Has all commands looked at again that are held for this reason: a switch was opened, a budget raised. */
    public static int release(Handle handle, HoldReason reason) {
        // The commands first, as everybody locks them: before their rows of the schedule.
        return handle.createQuery(
                        "WITH released AS (UPDATE command SET due_at = greatest(not_before, clock_timestamp())"
                                + " WHERE state = 'HELD' AND hold_reason = :reason RETURNING command_id, due_at),"
                                + " moved AS (UPDATE scheduled_tasks t SET execution_time = r.due_at, version = version + 1"
                                + " FROM released r WHERE t.task_name = '" + Schedule.TASK
                                + "' AND t.task_instance = r.command_id AND NOT t.picked RETURNING 1)"
                                + " SELECT count(*) FROM released")
                .bind("reason", reason.name())
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<Answer> problem(Row row, String contentHash) {
        if (!row.contentHash().equals(contentHash)) {
            return Optional.of(Answer.OTHER_CONTENT);
        }
        boolean late = row.state().isEnd()
                || row.attempts() > 0
                || row.withdrawn()
                || row.now().isAfter(row.expiresAt());
        return late ? Optional.of(Answer.TOO_LATE) : Optional.empty();
    }

    private static void lookNow(Handle handle, Row row) {
        java.time.Instant due = row.notBefore().isAfter(row.now()) ? row.notBefore() : row.now();
        handle.createUpdate("UPDATE command SET due_at = :due WHERE command_id = :id")
                .bind("id", row.commandId())
                .bind("due", due)
                .execute();
        Schedule.bringForward(handle, row.commandId(), due);
    }
}
