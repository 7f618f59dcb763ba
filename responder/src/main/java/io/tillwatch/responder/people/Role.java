package io.tillwatch.responder.people;

/**
 * What a person may do. An operator and an approver may do what a viewer may, an approver and an admin what an operator
 * may. An admin is no approver: whoever sets budgets and opens switches does not by that approve money. A person who is
 * both has both roles.
 */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Works on cases, and closes switches: to stop is always safe. */
    OPERATOR,
    /** Approves and rejects commands. */
    APPROVER,
    /** Opens switches and sets budgets. */
    ADMIN;

    /** Whether someone with this role may do what needs the other. */
    public boolean covers(Role needed) {
        return switch (needed) {
            case VIEWER -> true;
            case OPERATOR -> this != VIEWER;
            case APPROVER -> this == APPROVER;
            case ADMIN -> this == ADMIN;
        };
    }
}
