package io.tillwatch.acquirer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as the protocol has it: whole numbers only, and no field that means nothing where it is asked for. */
final class Json {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper LENIENT =
            STRICT.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    static String write(Object value) {
        try {
            return STRICT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** Unknown fields are refused. */
    static <T> T readStrictly(String text, Class<T> type) throws JsonProcessingException {
        return STRICT.readValue(text, type);
    }

    /** Unknown fields are passed over. */
    static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return LENIENT.readValue(text, type);
    }

    /** An RFC 9457 problem. */
    static String problem(int status, String code, String detail) {
        return write(members(status, code, detail));
    }

    /** A problem that says what it is about, so that it is not taken for the answer to something else. */
    static String problemOf(String member, String about, int status, String code) {
        Map<String, Object> problem = members(status, code, null);
        problem.put(member, about);
        return write(problem);
    }

    private static Map<String, Object> members(int status, String code, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", code);
        problem.put("status", status);
        problem.put("code", code);
        if (detail != null) {
            problem.put("detail", detail);
        }
        return problem;
    }
}
