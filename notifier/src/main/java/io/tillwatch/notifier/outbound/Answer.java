package io.tillwatch.notifier.outbound;

import java.time.Duration;
import java.util.Optional;

/** What came of a request. */
public sealed interface Answer {

    /** It was taken: any 2xx. */
    record Taken() implements Answer {}

    /** The content was refused. Asking again rarely helps, and never while it stays as it is. */
    record Refused(int status) implements Answer {}

    /**
     * There was no answer, or one that says nothing of the content: later it may be taken.
     *
     * @param reason for people and logs: a status or a kind of failure, nothing of what was sent or answered
     * @param retryAfter what the destination asks for
     */
    record Unavailable(String reason, Optional<Duration> retryAfter) implements Answer {}
}
