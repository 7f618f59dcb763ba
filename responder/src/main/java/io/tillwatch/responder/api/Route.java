package io.tillwatch.responder.api;

import io.javalin.http.HandlerType;

/**
 * One thing that can be asked, and who may ask it.
 *
 * @param path as Javalin writes it
 */
record Route(HandlerType method, String path, Access access, Handler handler) {

    /** Answers a request that was let in. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Request request);
    }

    boolean takesBody() {
        return method.equals(HandlerType.POST) || method.equals(HandlerType.PUT);
    }

    static Route get(String path, Access access, Handler handler) {
        return new Route(HandlerType.GET, path, access, handler);
    }

    static Route post(String path, Access access, Handler handler) {
        return new Route(HandlerType.POST, path, access, handler);
    }

    static Route put(String path, Access access, Handler handler) {
        return new Route(HandlerType.PUT, path, access, handler);
    }

    static Route delete(String path, Access access, Handler handler) {
        return new Route(HandlerType.DELETE, path, access, handler);
    }
}
