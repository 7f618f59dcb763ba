package io.tillwatch.console.web;

import java.util.Optional;

/**
 * One thing that can be asked, and who may ask it.
 *
 * @param path as Javalin writes it
 * @param least the least role; empty where nobody needs to have signed in
 * @param machines whether whoever has one of the {@link MetricsTokens} may ask too, without a session
 */
record Route(Method method, String path, Optional<Role> least, boolean machines, Handler handler) {

    /** What it does: a GET shows, a POST changes. */
    enum Method {
        GET,
        POST
    }

    /** Answers a request that was let in. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Ask ask);
    }

    static Route open(String path, Handler handler) {
        return new Route(Method.GET, path, Optional.empty(), false, handler);
    }

    static Route get(String path, Role least, Handler handler) {
        return new Route(Method.GET, path, Optional.of(least), false, handler);
    }

    /** For a person who may look, and for machines that read figures. */
    static Route monitored(String path, Handler handler) {
        return new Route(Method.GET, path, Optional.of(Role.VIEWER), true, handler);
    }

    static Route post(String path, Role least, Handler handler) {
        return new Route(Method.POST, path, Optional.of(least), false, handler);
    }
}
