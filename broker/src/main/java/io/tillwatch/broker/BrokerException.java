package io.tillwatch.broker;

/** A broker that cannot be started or administered: the message says what was tried, and what to change. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
