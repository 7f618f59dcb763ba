package io.tillwatch.responder.journal;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * When each open command is looked at next: one row of db-scheduler's table a command, written in the transaction that
 * changes the command. So neither can be lost without the other, and a crash leaves at most a row that a dead instance has
 * picked, which the scheduler finds by itself.
 *
 * <p>Each change counts up the row's version, by which the scheduler notices that a row is not as it picked it.
 */
final class Schedule {

    /** The scheduler's name for the work on a command; the instance is the commandId, its data the acquirerId. */
    static final String TASK = "command";

    private Schedule() {}

    /** A new command's row. */
    static final String ADD = "INSERT INTO scheduled_tasks"
            + " (task_name, task_instance, task_data, execution_time, picked, version)"
            + " VALUES ('" + TASK + "', :id, convert_to(:acquirer, 'UTF8'), :due, false, 1) ON CONFLICT DO NOTHING";

    /** Frees the row that a holder had picked. */
    static void putBack(Handle handle, String commandId, Instant due) {
        handle.createUpdate("UPDATE scheduled_tasks SET picked = false, picked_by = NULL, last_heartbeat = NULL,"
                        + " execution_time = :due, version = version + 1"
                        + " WHERE task_name = '" + TASK + "' AND task_instance = :id")
                .bind("id", commandId)
                .bind("due", due)
                .execute();
    }

    /** Brings a row forward that nobody has picked; a holder sees what changed when it writes. */
    static void bringForward(Handle handle, String commandId, Instant due) {
        handle.createUpdate("UPDATE scheduled_tasks SET execution_time = :due, version = version + 1"
                        + " WHERE task_name = '" + TASK
                        + "' AND task_instance = :id AND NOT picked AND execution_time > :due")
                .bind("id", commandId)
                .bind("due", due)
                .execute();
    }

    static void remove(Handle handle, String commandId) {
        handle.createUpdate("DELETE FROM scheduled_tasks WHERE task_name = '" + TASK + "' AND task_instance = :id")
                .bind("id", commandId)
                .execute();
    }
}
