package io.tillwatch.responder.people;

import io.tillwatch.rules.admission.CardNumbers;

/**
 * Looks for card numbers in what a person typed. A person copies what is in front of them, and that may be a card number; it must
 * not get into a table. Digits of any script are digits, and whatever people put between digits is passed over.
 */
public final class FreeText {

    private FreeText() {}

    /** Whether the text holds what may be a card number. */
    public static boolean holdsCardNumber(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int digit = Character.digit(point, 10);
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
            } else {
                plain.append(separates(point) ? ' ' : '|');
            }
        });
        return CardNumbers.within(text) || CardNumbers.within(plain);
    }

    private static boolean separates(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.DASH_PUNCTUATION
                || Character.getType(point) == Character.FORMAT
                || point == '.'
                || point == '/'
                || point == '_';
    }
}
