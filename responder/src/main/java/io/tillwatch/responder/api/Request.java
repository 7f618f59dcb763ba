package io.tillwatch.responder.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.javalin.http.Context;
import io.tillwatch.responder.people.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** A request that was let in. */
final class Request {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Context context;
    private final Person personOrNull;

    Request(Context context, Person personOrNull) {
        this.context = context;
        this.personOrNull = personOrNull;
    }

    /**
     * Who asks.
     *
     * @throws IllegalStateException on a route that is open: nobody signed in
     */
    Person person() {
        if (personOrNull == null) {
            throw new IllegalStateException("nobody signs in at " + context.path());
        }
        return personOrNull;
    }

    String path(String name) {
        return context.pathParam(name);
    }

    /** The query; a parameter given twice is wrong. */
    Fields query() {
        Fields fields = Fields.of(new Fields.Source() {
            @Override
            public Object value(String name) {
                return context.queryParam(name);
            }

            @Override
            public Set<String> names() {
                return context.queryParamMap().keySet();
            }
        });
        context.queryParamMap().forEach((name, values) -> {
            if (values.size() > 1) {
                fields.wrong("a parameter is given " + values.size() + " times; give each once");
            }
        });
        return fields;
    }

    /** The body. Of one that is no JSON it is said where it ceases to be, not what stands there. */
    Fields body() {
        byte[] bytes = context.bodyAsBytes();
        try {
            JsonNode node = JSON.readTree(bytes);
            return Fields.ofJson(node);
        } catch (JsonProcessingException e) {
            Fields fields = Fields.ofJson(NullNode.getInstance());
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            fields.wrong("body: is no JSON" + where);
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }
}
