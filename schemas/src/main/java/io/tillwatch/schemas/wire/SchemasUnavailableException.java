package io.tillwatch.schemas.wire;

/**
 * The schema that a record names cannot be had now. This says nothing of the record: whoever reads keeps its place and
 * reads the record again. The message is for people, and names what was asked and what to do.
 */
public final class SchemasUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SchemasUnavailableException(String message) {
        super(message);
    }

    public SchemasUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
