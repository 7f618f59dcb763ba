package io.tillwatch.responder.api;

/** Why a request was not fulfilled. The names are part of the interface: programs decide by them. */
public enum Code {
    BAD_REQUEST(400, "The request makes no sense"),
    UNAUTHENTICATED(401, "A token is needed"),
    FORBIDDEN(403, "The role is too small"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    WITHDRAWN(409, "The command was withdrawn"),
    EXPIRED(409, "The command has expired"),
    NOT_YET(409, "The command's time has not come"),
    ENDED(409, "The command has ended"),
    SENT(409, "The command was sent"),
    CONTENT_DIFFERS(409, "That is not the command's content"),
    APPROVAL_NOT_NEEDED(409, "The command needs no approval"),
    ALREADY_APPROVED(409, "The same person has approved it already"),
    CASE_CLOSED(409, "The case is closed"),
    COMMAND_OPEN(409, "The command of the case has not ended"),
    RUNG_DIFFERS(409, "The case is on another rung"),
    LADDER_TOP(409, "There is no higher rung"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request is no JSON"),
    CARD_NUMBER(422, "The text may hold a card number"),
    UNKNOWN_PERSON(422, "Nobody of that name can sign in and work on cases"),
    TOO_MANY_SIGN_INS(429, "Too many failed sign-ins"),
    BUSY(429, "It is being done already"),
    INTERNAL(500, "Something went wrong here"),
    TOKEN_ISSUER_AWAY(503, "The issuer of the token does not answer"),
    UNAVAILABLE(503, "The database does not answer"),
    TOO_SLOW(503, "The answer takes too long");

    private final int status;
    private final String title;

    Code(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
