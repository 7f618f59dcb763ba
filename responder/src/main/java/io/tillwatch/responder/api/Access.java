package io.tillwatch.responder.api;

import io.javalin.security.RouteRole;
import io.tillwatch.responder.people.Role;

/** Who may call a route. */
public sealed interface Access extends RouteRole {

    /** Anyone, without a token: what says nothing of the business. */
    record Open() implements Access {}

    /** A person with a role that covers this one. */
    record Needs(Role role) implements Access {}

    static Access open() {
        return new Open();
    }

    static Access viewer() {
        return new Needs(Role.VIEWER);
    }

    static Access operator() {
        return new Needs(Role.OPERATOR);
    }

    static Access approver() {
        return new Needs(Role.APPROVER);
    }

    static Access admin() {
        return new Needs(Role.ADMIN);
    }
}
