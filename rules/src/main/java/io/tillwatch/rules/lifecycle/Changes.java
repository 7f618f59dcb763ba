package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;

/** Where a payment's steps tell what changed, in order. */
public interface Changes {

    void alert(Alert alert);

    void command(Command command);

    /** A record that was known already and changed nothing. */
    void duplicateIgnored();

    /** The payment was forgotten: because it was closed long enough, or whatever its state. */
    void forgotten(boolean closed);
}
