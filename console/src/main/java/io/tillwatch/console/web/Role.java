package io.tillwatch.console.web;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a person may do, as the responder says when they sign in. An APPROVER and an ADMIN may do what an OPERATOR may, an
 * OPERATOR what a VIEWER may; an ADMIN is no APPROVER.
 */
enum Role {
    VIEWER,
    OPERATOR,
    APPROVER,
    ADMIN;

    /** Whether whoever has these roles may do what this one is the least for. */
    boolean coveredBy(Set<Role> roles) {
        return switch (this) {
            case VIEWER -> !roles.isEmpty();
            case OPERATOR -> roles.stream().anyMatch(EnumSet.of(OPERATOR, APPROVER, ADMIN)::contains);
            case APPROVER -> roles.contains(APPROVER);
            case ADMIN -> roles.contains(ADMIN);
        };
    }
}
