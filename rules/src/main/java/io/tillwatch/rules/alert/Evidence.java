package io.tillwatch.rules.alert;

import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Facts;
import java.util.List;

/**
 * What is known of a payment at the moment of an alert.
 *
 * @param commands the commands made so far, in the order in which they were made
 * @param hold held on the card and not captured, minor units
 * @param netDebit debited of all captures, minor units
 * @param authorizedTotal authorized in the present cycle, minor units
 */
public record Evidence(Facts facts, List<Command> commands, long hold, long netDebit, long authorizedTotal) {

    /** How many records of each kind are shown, the newest. */
    public static final int RECORDS_MAX = 32;

    public Evidence {
        commands = List.copyOf(commands);
    }
}
