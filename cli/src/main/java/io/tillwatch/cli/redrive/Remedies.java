package io.tillwatch.cli.redrive;

import io.tillwatch.rules.admission.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** What to do about a refusal, in a sentence. The runbook says more. */
final class Remedies {

    private static final String POLICY =
            "A policy counts from when it is written, so an old one is not sent back: write it anew in the console.";

    private Remedies() {}

    static String of(Letter letter) {
        if (letter.id().feed().equals("policies")) {
            return POLICY;
        }
        if (letter.feed().isEmpty()) {
            return "This build knows no such feed: use one that does, or lay the letter aside.";
        }
        return ofCode(letter.error());
    }

    /** Where docs/redrive.md says more. */
    static String section(Letter letter) {
        boolean stays = letter.feed().isEmpty();
        boolean known = Arrays.stream(Refusal.Code.values())
                .anyMatch(code -> code.name().equals(letter.error()));
        return stays ? "what-is-never-sent-back" : known ? letter.error().toLowerCase(Locale.ROOT) : "codes";
    }

    private static String ofCode(String error) {
        return switch (error) {
            case "UNREADABLE" ->
                "If the reader was at fault (a schema that is known by now): send --as-is --code UNREADABLE."
                        + " Otherwise have the sender send it again, or write the record by hand.";
            case "TOO_LARGE" -> "Have the sender send it again within 64 KiB, or write the record by hand.";
            case "BAD_FIELD" -> "Put the field right; the payment and the event must stay the same.";
            case "BAD_AMOUNT" -> "Ask the sender for the amount; it is in minor units of the currency.";
            case "BAD_CURRENCY" -> "Put the ISO 4217 code in; look whether the amount is in its minor units.";
            case "BAD_TIME" ->
                "Put the time right, in milliseconds since the epoch. What happened more than 40 days ago cannot be"
                        + " sent back: settle it by hand and lay the letter aside.";
            case "BAD_COMBINATION" -> "Ask the sender which it was: a pre-authorization or increment is SEPARATE.";
            case "CARD_NUMBER" ->
                "Its bytes were not kept. Have the sender tokenize and send it again, or write the record by hand with"
                        + " the token.";
            default -> "This build knows no such code: look into the changelog of the jobs that wrote it.";
        };
    }
}
