package io.tillwatch.schemas.wire;

import java.io.IOException;

/** The bytes are no Avro. The message never quotes them. */
final class MalformedException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }
}
