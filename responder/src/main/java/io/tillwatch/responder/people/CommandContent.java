package io.tillwatch.responder.people;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Command;

/** The command that a row of the journal holds. */
final class CommandContent {

    private static final JsonLines<Command> LINES = JsonLines.of(RecordType.COMMAND);

    private CommandContent() {}

    /** @throws IllegalStateException if it is none: it was read before it was written */
    static Command read(String json) {
        if (LINES.read(json).record() instanceof Decoded.Value<Command> value) {
            return value.value();
        }
        throw new IllegalStateException("the journal holds a command that this build cannot read: start the newer one");
    }
}
