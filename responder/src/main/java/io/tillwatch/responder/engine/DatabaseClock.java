package io.tillwatch.responder.engine;

import com.github.kagkarlsson.scheduler.Clock;
import io.tillwatch.responder.journal.Database;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * The database's clock for the scheduler: read now and then, and carried on by the machine's own pace in between. An
 * instance whose clock is an hour wrong, or is put right while it runs, is as punctual as any other.
 */
final class DatabaseClock implements Clock {

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private volatile Reading reading;

    private record Reading(Instant time, long nanos) {}

    /** @throws org.jdbi.v3.core.JdbiException if the database cannot be reached */
    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.reading = read();
    }

    @Override
    public Instant now() {
        Reading last = reading;
        return last.time().plusNanos(System.nanoTime() - last.nanos());
    }

    /** Reads the database's clock again if the last reading is old. */
    void refresh() {
        if (System.nanoTime() - reading.nanos() > GOOD_FOR.toNanos()) {
            reading = read();
        }
    }

    private Reading read() {
        long before = System.nanoTime();
        Instant time = jdbi.withHandle(Database::now);
        long after = System.nanoTime();
        return new Reading(time, before + (after - before) / 2);
    }
}
