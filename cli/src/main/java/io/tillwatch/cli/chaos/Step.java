package io.tillwatch.cli.chaos;

import io.tillwatch.schemas.record.Command;
import java.util.List;

/** Something that is done in the course of a scene, so many milliseconds after it began. */
sealed interface Step {

    long afterMillis();

    /** The acquirer learns something. */
    record Happens(long afterMillis, List<BankEvent> events) implements Step {
        public Happens {
            events = List.copyOf(events);
        }
    }

    /** A command is written to its topic. */
    record Commands(long afterMillis, Command command) implements Step {}

    /** Bytes that are no command are written to the topic of commands. */
    record Nonsense(long afterMillis, String paymentId) implements Step {}

    /** A person approves a command, as soon as it is in the journal. */
    record Approves(long afterMillis, String commandId, String person) implements Step {}
}
