package io.tillwatch.rules.fact;

/**
 * How a command ended.
 *
 * @param amount minor units that were done, 0 if none
 * @param captureId the command's, or null
 * @param detail for people, or null
 */
public record Outcome(
        String eventId,
        String commandId,
        String paymentId,
        long occurredAtMillis,
        long arrivedAtMillis,
        Result result,
        long amount,
        String currency,
        String captureId,
        String detail)
        implements Fact {

    /** The four ends of a command. */
    public enum Result {
        /** The effect exists. */
        DONE,
        /** The acquirer shows that it is not needed. */
        NOT_NEEDED,
        /** There is and will be no effect. */
        FAILED,
        /** A person must decide. */
        ESCALATED
    }

    @Override
    public Feed feed() {
        return Feed.OUTCOMES;
    }

    public boolean done() {
        return result == Result.DONE;
    }

    /** Done, or found to be done already. */
    public boolean doneOrNotNeeded() {
        return result == Result.DONE || result == Result.NOT_NEEDED;
    }
}
