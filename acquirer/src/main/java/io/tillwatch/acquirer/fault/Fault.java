package io.tillwatch.acquirer.fault;

/** What goes wrong with a request. At most one of them strikes. */
public enum Fault {
    NONE,
    /** The request never arrives: no effect, no answer. */
    DROP_REQUEST,
    /** The effect is made, the answer never arrives. */
    DROP_ANSWER,
    /** Either the request is late, and has its effect when the client has long given up, or the answer is. */
    DELAY,
    /** The request arrives twice. */
    DUPLICATE,
    /** The effect is made, half the answer arrives. */
    HALF_ANSWER,
    /** The effect is made, nonsense arrives. */
    GARBAGE,
    /** The acquirer fails, before or after the effect. */
    SERVER_ERROR,
    /** The effect is made, and the answer to another request arrives. */
    WRONG_ANSWER,
    /** An instruction is declined; nothing is done. */
    DECLINE,
    /** The payment is settled in the moment before a reversal. */
    LATE_SETTLEMENT,
    /** The acquirer's process is killed, before or after the effect. */
    KILL;

    /** Whether only instructions suffer it. */
    boolean isForInstructions() {
        return this == DUPLICATE || this == DECLINE || this == LATE_SETTLEMENT;
    }
}
