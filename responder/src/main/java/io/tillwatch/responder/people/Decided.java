package io.tillwatch.responder.people;

/** What became of something that a person wanted. */
public sealed interface Decided<T> {

    /** It was done, and stands in the audit. */
    record Done<T>(T value) implements Decided<T> {}

    /**
     * Nothing was done.
     *
     * @param detail for people: what stands in the way, and what can be done
     */
    record Refused<T>(Refusal why, String detail) implements Decided<T> {}
}
