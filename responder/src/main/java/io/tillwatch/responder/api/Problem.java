package io.tillwatch.responder.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem as RFC 9457 writes it, with our {@code code}.
 *
 * @param detail for people: what, and what to do about it; never what was sent
 * @param errors what is wrong with the request, field by field; empty if it is not about fields
 */
public record Problem(Code code, String detail, List<String> errors) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    public Problem(Code code, String detail) {
        this(code, detail, List.of());
    }

    /** The body, to be written as JSON. The type is left blank: the code says it. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", code.title());
        body.put("status", code.status());
        body.put("code", code.name());
        body.put("detail", detail);
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        return body;
    }
}
