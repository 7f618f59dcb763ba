package io.tillwatch.responder.people;

import java.util.Set;

/**
 * Who does something. Two tokens with one name are one person, so that a token can be replaced while the old one is still
 * in use.
 *
 * @param name as it stands in the audit, 1 to 64 characters
 */
public record Person(String name, Set<Role> roles) {

    public Person {
        roles = Set.copyOf(roles);
    }

    public boolean may(Role needed) {
        return roles.stream().anyMatch(role -> role.covers(needed));
    }
}
