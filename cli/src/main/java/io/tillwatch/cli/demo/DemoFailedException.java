package io.tillwatch.cli.demo;

/** The demo cannot start or go on: the message says what is wrong on this machine, and what to do. */
final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }

    DemoFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
