package io.tillwatch.query.snapshot;

/** The snapshot cannot be used as things are; the message says why and what to do. */
public final class SnapshotException extends RuntimeException {

    public SnapshotException(String message) {
        super(message);
    }

    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
