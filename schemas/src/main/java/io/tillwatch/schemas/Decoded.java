package io.tillwatch.schemas;

import java.util.Objects;

/** What reading one record gives: the record, or why there is none. Bad input is expected, hence never an exception. */
public sealed interface Decoded<T> {

    /** The record; its bytes were read to the last one. */
    record Value<T>(T value) implements Decoded<T> {
        public Value {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * There is no record.
     *
     * @param reason for people: the field where it is known and what was expected; never anything of what was read, for
     *     that may hold a card number
     */
    record Unreadable<T>(String reason) implements Decoded<T> {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
