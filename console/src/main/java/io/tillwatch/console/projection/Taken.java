package io.tillwatch.console.projection;

/** What became of a batch. */
sealed interface Taken {

    /**
     * It is in the tables, and will not be taken again.
     *
     * @param changed whether pages may look different: false when there were pulses only
     */
    record In(boolean changed) implements Taken {}

    /** The projection was begun anew since: read again from where it says. */
    record Stale() implements Taken {}
}
