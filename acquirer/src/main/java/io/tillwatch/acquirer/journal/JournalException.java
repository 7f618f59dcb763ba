package io.tillwatch.acquirer.journal;

import java.io.Serial;

/** The journal cannot be read or written; says which, where, and what to do. */
public final class JournalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
