package io.tillwatch.console.web;

import io.tillwatch.console.responder.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is said of the responder's replies. */
final class Replies {

    /** Those that have a text of their own; the same stand in the message bundles as {@code refused.CODE}. */
    static final Set<String> CODES = Set.of(
            "WITHDRAWN",
            "EXPIRED",
            "NOT_YET",
            "ENDED",
            "SENT",
            "CONTENT_DIFFERS",
            "APPROVAL_NOT_NEEDED",
            "ALREADY_APPROVED",
            "CASE_CLOSED",
            "COMMAND_OPEN",
            "RUNG_DIFFERS",
            "LADDER_TOP",
            "CARD_NUMBER",
            "UNKNOWN_PERSON",
            "FORBIDDEN",
            "UNAUTHENTICATED",
            "NOT_FOUND",
            "BAD_REQUEST",
            "TOKEN_ISSUER_AWAY",
            "UNAVAILABLE",
            "TOO_SLOW",
            "TOO_LARGE");

    private Replies() {}

    /** After something was asked to be done. */
    static Session.Notice notice(Reply reply, String doneKey) {
        if (reply instanceof Reply.Done) {
            return new Session.Notice(true, doneKey, "");
        } else if (reply instanceof Reply.Refused refused) {
            boolean known = CODES.contains(refused.code());
            boolean explains = refused.code().equals("BAD_REQUEST") || !known;
            return new Session.Notice(
                    false, "refused." + (known ? refused.code() : "INTERNAL"), explains ? refused.detail() : "");
        }
        return new Session.Notice(false, "refused.away", "");
    }

    /** What is wrong with what was typed. */
    static Session.Notice missing() {
        return new Session.Notice(false, "refused.missing", "");
    }

    /** Instead of a page for which the responder was asked in vain. */
    static Answer instead(Reply reply) {
        if (reply instanceof Reply.Refused refused && refused.status() < 500) {
            return refused.status() == 404
                    ? Answer.notFound()
                    : new Answer.Page(
                            refused.status(),
                            "problem",
                            Map.of("key", notice(reply, "").key()));
        }
        return new Answer.Page(503, "problem", Map.of("key", "problem.away"));
    }

    static List<?> items(Reply.Done done) {
        return done.json().get("items") instanceof List<?> items ? items : List.of();
    }

    /** A part that is an object; empty if it is not. */
    static Map<?, ?> part(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }
}
