package io.tillwatch.jobs.guard;

import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.guard.Sound;

/** What the guard of an acquirer is told, in no particular order; it sorts by time. */
public sealed interface GuardInput {

    /** The acquirer whose guard it is for. */
    String acquirerId();

    /** Its place in time. */
    long atMillis();

    /** A sign of life of the acquirer's feeds. */
    record Heard(Sound sound) implements GuardInput {
        @Override
        public String acquirerId() {
            return sound.acquirerId();
        }

        @Override
        public long atMillis() {
            return sound.atMillis();
        }
    }

    /** A command that was made or is written again; it has its place where it was first made. */
    record Ordered(Command command) implements GuardInput {
        @Override
        public String acquirerId() {
            return command.original().acquirerId();
        }

        @Override
        public long atMillis() {
            return command.issuedAtMillis();
        }
    }
}
