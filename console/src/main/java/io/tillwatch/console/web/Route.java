package io.tillwatch.console.web;

import java.util.Optional;

/**
 * One thing that can be asked, and who may ask it.
 *
 * @param path as Javalin writes it
 * @param least the least role; empty where nobody needs to have signed in
 */
record Route(Method method, String path, Optional<Role> least, Handler handler) {

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
        return new Route(Method.GET, path, Optional.empty(), handler);
    }

    static Route get(String path, Role least, Handler handler) {
        return new Route(Method.GET, path, Optional.of(least), handler);
    }

    static Route post(String path, Role least, Handler handler) {
        return new Route(Method.POST, path, Optional.of(least), handler);
    }
}
