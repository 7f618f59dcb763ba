package io.tillwatch.responder.people;

/** Why a person could not do what they wanted. */
public enum Refusal {
    /** There is no such command, alert, case or setting. */
    NOT_FOUND,
    /** Its alert has cleared: nobody wants it any more. */
    WITHDRAWN,
    /** Its time is over; it goes to a person as a case. */
    EXPIRED,
    /** Its time has not come. */
    NOT_YET,
    /** It has an outcome. */
    ENDED,
    /** It was sent, or is about to be: what happens is the acquirer's to say. */
    SENT,
    /** What the person saw is not what would be sent. */
    CONTENT_DIFFERS,
    /** It is automatic, or enough persons have approved it. */
    APPROVAL_NOT_NEEDED,
    /** The same person has approved it. */
    ALREADY_APPROVED,
    /** Nothing more is done to a closed case but to read it. */
    CASE_CLOSED,
    /** A case is not closed over a command that may still do something. */
    COMMAND_OPEN,
    /** The case is not on the rung that the person saw. */
    RUNG_DIFFERS,
    /** There is nobody above the regulator. */
    LADDER_TOP,
    /** Nobody of that name works on cases. */
    UNKNOWN_PERSON
}
