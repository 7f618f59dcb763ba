package io.tillwatch.query.snapshot;

/** The database refused a statement, or failed at it; the message is its own. */
public final class QuestionFailedException extends RuntimeException {

    public QuestionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
