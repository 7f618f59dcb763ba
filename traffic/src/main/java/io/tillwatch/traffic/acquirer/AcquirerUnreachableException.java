package io.tillwatch.traffic.acquirer;

/** The acquirer simulator does not answer, or not as docs/acquirer-protocol.md says. */
public final class AcquirerUnreachableException extends RuntimeException {

    AcquirerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
