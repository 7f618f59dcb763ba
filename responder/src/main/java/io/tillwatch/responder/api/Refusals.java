package io.tillwatch.responder.api;

import io.tillwatch.responder.people.Decided;
import io.tillwatch.responder.people.FreeText;
import io.tillwatch.responder.people.Refusal;
import io.tillwatch.rules.admission.CardNumbers;
import java.util.Optional;
import java.util.function.Function;

/** How what a person may not do is said over HTTP. */
final class Refusals {

    private Refusals() {}

    static <T> Answer answer(Decided<T> decided, Function<T, Answer> done) {
        if (decided instanceof Decided.Refused<T> refused) {
            return Answer.refused(code(refused.why()), refused.detail());
        }
        return done.apply(((Decided.Done<T>) decided).value());
    }

    static Answer notFound(String what) {
        return Answer.refused(Code.NOT_FOUND, what);
    }

    /** Why a text is not kept. */
    static Optional<Answer> cardNumber(String text) {
        return cardNumber(
                FreeText.holdsCardNumber(text),
                "Nothing was done: a row of digits in the text passes for a card number. Leave it out, or write its last"
                        + " four digits.");
    }

    /** Why a number is not kept: what is pasted into the wrong field may be a card's. */
    static Optional<Answer> cardNumber(long number) {
        return cardNumber(
                CardNumbers.ofSchemeWithin(Long.toString(number)),
                "Nothing was done: a number passes for a card's. Give one that does not, such as a rounder one.");
    }

    private static Optional<Answer> cardNumber(boolean holds, String detail) {
        return holds ? Optional.of(Answer.refused(Code.CARD_NUMBER, detail)) : Optional.empty();
    }

    private static Code code(Refusal refusal) {
        return switch (refusal) {
            case NOT_FOUND -> Code.NOT_FOUND;
            case WITHDRAWN -> Code.WITHDRAWN;
            case EXPIRED -> Code.EXPIRED;
            case NOT_YET -> Code.NOT_YET;
            case ENDED -> Code.ENDED;
            case SENT -> Code.SENT;
            case CONTENT_DIFFERS -> Code.CONTENT_DIFFERS;
            case APPROVAL_NOT_NEEDED -> Code.APPROVAL_NOT_NEEDED;
            case ALREADY_APPROVED -> Code.ALREADY_APPROVED;
            case CASE_CLOSED -> Code.CASE_CLOSED;
            case COMMAND_OPEN -> Code.COMMAND_OPEN;
            case RUNG_DIFFERS -> Code.RUNG_DIFFERS;
            case LADDER_TOP -> Code.LADDER_TOP;
            case UNKNOWN_PERSON -> Code.UNKNOWN_PERSON;
        };
    }
}
