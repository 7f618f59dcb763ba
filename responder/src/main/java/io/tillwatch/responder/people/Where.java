package io.tillwatch.responder.people;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Conditions of a query and the values bound in them. The conditions are this program's, the values anyone's. */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    Where and(String condition, String name, Object value) {
        values.put(name, value);
        return and(condition);
    }

    /** The condition if there is a value. */
    Where and(String condition, String name, Optional<?> value) {
        value.ifPresent(present -> and(condition, name, present));
        return this;
    }

    /** What lies behind the end of a page: a condition on afterAt and afterId. */
    Where after(String condition, Keyset end) {
        values.put("afterAt", end.at());
        values.put("afterId", end.id());
        return and(condition);
    }

    String sql() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query;
    }
}
