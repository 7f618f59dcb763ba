package io.tillwatch.responder.iso8583;

/** There was no answer; the message says why, without what was sent or read. */
final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String reason) {
        super(reason, null, false, false);
    }
}
