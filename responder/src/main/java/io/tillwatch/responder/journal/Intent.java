package io.tillwatch.responder.journal;

import java.util.Map;

/** What the wish to send gives. */
public sealed interface Intent {

    /**
     * It is committed: now it may be sent.
     *
     * @param attempt 1 for the first time
     * @param identifiers those of the first attempt
     */
    record Committed(int attempt, Map<String, String> identifiers, int exchange) implements Intent {}

    /** It is put back: a switch is closed, a budget is spent, another command of the payment goes first, it was withdrawn. */
    record PutBack(String why) implements Intent {}

    /** Somebody else holds the command by now. */
    record Lost() implements Intent {}
}
