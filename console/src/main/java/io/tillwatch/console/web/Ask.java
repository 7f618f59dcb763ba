package io.tillwatch.console.web;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request that was let in. */
final class Ask {

    private static final int FIELD_MAX = 8_192;

    private final Context context;
    private final Session sessionOrNull;
    private final Viewer viewer;

    Ask(Context context, Session sessionOrNull, Viewer viewer) {
        this.context = context;
        this.sessionOrNull = sessionOrNull;
        this.viewer = viewer;
    }

    /** @throws IllegalStateException on a route that is open */
    Session session() {
        if (sessionOrNull == null) {
            throw new IllegalStateException("nobody signs in at " + context.path());
        }
        return sessionOrNull;
    }

    Viewer viewer() {
        return viewer;
    }

    String path(String name) {
        return context.pathParam(name);
    }

    /** Each parameter's first value. */
    Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
        return query;
    }

    /** As it was sent, for links that lead back here; empty if there is none. */
    String queryString() {
        return context.queryString() == null ? "" : context.queryString();
    }

    /** A field of the form, without blanks at its ends; empty if it is blank. */
    Optional<String> field(String name) {
        return Optional.ofNullable(context.formParam(name))
                .map(text -> text.strip().replace("\0", ""))
                .filter(text -> !text.isEmpty() && text.length() <= FIELD_MAX);
    }
}
