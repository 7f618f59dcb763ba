package io.tillwatch.notifier.notice;

import io.tillwatch.schemas.record.Action;
import java.time.Instant;

/**
 * What is done about an alert.
 *
 * @param amount minor units; for ADJUST signed
 * @param state how far it has got
 * @param notBefore when it is sent at the earliest
 * @param by when it is done, or given to people, at the latest
 */
public record Remedy(Action action, long amount, String currency, State state, Instant notBefore, Instant by) {

    /** How far a remedy has got. */
    public enum State {
        /** It will be sent by itself. */
        UNDER_WAY,
        /** A person must allow it. */
        WAITS_FOR_A_PERSON,
        /** It was done. */
        DONE,
        /** It turned out that nothing had to be done. */
        NOT_NEEDED,
        /** It could not be done; people look after it. */
        FAILED,
        /** Taken back, because the alert was cleared before it was sent. */
        WITHDRAWN
    }
}
