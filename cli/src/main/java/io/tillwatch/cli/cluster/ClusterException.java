package io.tillwatch.cli.cluster;

/** The cluster cannot be brought up, or down: the message says what is wrong on this machine, and what to do. */
final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
