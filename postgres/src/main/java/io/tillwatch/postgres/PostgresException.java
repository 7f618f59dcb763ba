package io.tillwatch.postgres;

/** A PostgreSQL that cannot be started or stopped: the message says what was tried, and what to change. */
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
