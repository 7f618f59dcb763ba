package io.tillwatch.catalog.follow;

/** The question is not understood, or cannot be answered on and on; the message says why and what to do. */
final class QuestionRefusedException extends RuntimeException {

    QuestionRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
