package io.tillwatch.responder.api;

import java.util.Map;

/** What a handler says. Whatever is expected is a value; an exception is a bug or a database that does not answer. */
public sealed interface Answer {

    /** A value, written as JSON. */
    record Json(int status, Object value) implements Answer {}

    /** A text of a kind. */
    record Text(int status, String contentType, String text, Map<String, String> headers) implements Answer {
        public Text {
            headers = Map.copyOf(headers);
        }
    }

    /** Why not. */
    record Refused(Problem problem) implements Answer {}

    static Answer ok(Object value) {
        return new Json(200, value);
    }

    static Answer created(Object value) {
        return new Json(201, value);
    }

    static Answer refused(Code code, String detail) {
        return new Refused(new Problem(code, detail));
    }
}
