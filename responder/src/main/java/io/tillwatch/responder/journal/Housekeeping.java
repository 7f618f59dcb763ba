package io.tillwatch.responder.journal;

import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Which instances run, and what of the journal is over. */
public final class Housekeeping {

    /** Longer than any window of a budget. */
    private static final Duration SPENT_KEPT_FOR = Duration.ofHours(2);

    private Housekeeping() {}

    /**
     * Says that an instance runs.
     *
     * @return how many do, itself included
     */
    public static int present(Handle handle, String instance, Duration goneAfter) {
        handle.createUpdate("INSERT INTO instance (name, seen_at) VALUES (:name, clock_timestamp())"
                        + " ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at")
                .bind("name", instance)
                .execute();
        return handle.createQuery("SELECT count(*) FROM instance"
                        + " WHERE seen_at > clock_timestamp() - make_interval(secs => :gone)")
                .bind("gone", goneAfter.toMillis() / 1_000.0)
                .mapTo(Integer.class)
                .one();
    }

    /** Says that an instance does not run any more. */
    public static void leave(Handle handle, String instance) {
        handle.createUpdate("DELETE FROM instance WHERE name = :name")
                .bind("name", instance)
                .execute();
    }

    /** Clears away what was told and spent long ago, and instances that were never heard of again. */
    public static void clear(Handle handle, Duration toldKeptFor) {
        delete(
                handle,
                "DELETE FROM outbox WHERE told_at < clock_timestamp() - make_interval(secs => :age)",
                toldKeptFor);
        delete(handle, "DELETE FROM spent WHERE at < clock_timestamp() - make_interval(secs => :age)", SPENT_KEPT_FOR);
        delete(
                handle,
                "DELETE FROM instance WHERE seen_at < clock_timestamp() - make_interval(secs => :age)",
                Duration.ofDays(1));
    }

    private static void delete(Handle handle, String sql, Duration age) {
        handle.createUpdate(sql).bind("age", age.toMillis() / 1_000.0).execute();
    }
}
