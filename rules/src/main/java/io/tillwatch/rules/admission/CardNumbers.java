package io.tillwatch.rules.admission;

/**
 * Recognizes card numbers: 13 to 19 digits in a row, spaces and hyphens ignored, that pass the Luhn check (ISO/IEC
 * 7812-1).
 *
 * <p>A row is looked at as it stands and with spaces and hyphens taken out. Of a row longer than a card number every part
 * is looked at, so that a number does not get in by digits put around it. Random digits of the right length pass the check
 * one time in ten, and are refused: what must not get in is worth more than what could.
 */
public final class CardNumbers {

    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;

    private CardNumbers() {}

    /** Whether a text holds one. */
    public static boolean within(CharSequence text) {
        return text != null && text.length() >= DIGITS_MIN && within(text::charAt, text.length(), false);
    }

    /**
     * Whether a text holds one that begins as the numbers of card schemes do (ISO/IEC 7812 major industry 3 to 6, and
     * 2221 to 2720). For identifiers, which are often long numbers themselves: those made of a time or a counter begin
     * with other digits.
     */
    public static boolean ofSchemeWithin(CharSequence text) {
        return text != null && text.length() >= DIGITS_MIN && within(text::charAt, text.length(), true);
    }

    /** Whether bytes hold one of a card scheme as ASCII digits. */
    public static boolean ofSchemeWithin(byte[] bytes) {
        return bytes != null && bytes.length >= DIGITS_MIN && within(i -> bytes[i], bytes.length, true);
    }

    /**
     * Whether bytes hold one of a card scheme whatever digits stand around it. For bytes whose fields are not known: the
     * length that stands before a text of 24 to 28 characters looks like a digit itself.
     */
    public static boolean ofSchemeAnywhereWithin(byte[] bytes) {
        return bytes != null && bytes.length >= DIGITS_MIN && within(i -> bytes[i], bytes.length, true, 0);
    }

    private interface Characters {
        int at(int index);
    }

    private static boolean within(Characters characters, int length, boolean ofScheme) {
        return within(characters, length, ofScheme, DIGITS_MAX);
    }

    /** @param wholeUpTo of a row of more digits than this every part is looked at, not only the whole */
    private static boolean within(Characters characters, int length, boolean ofScheme, int wholeUpTo) {
        return within(characters, length, ofScheme, wholeUpTo, false)
                || within(characters, length, ofScheme, wholeUpTo, true);
    }

    private static boolean within(
            Characters characters, int length, boolean ofScheme, int wholeUpTo, boolean separatorsIgnored) {
        byte[] row = null;
        int digits = 0;
        boolean separated = false;
        for (int i = 0; i <= length; i++) {
            int c = i < length ? characters.at(i) : -1;
            if (c >= '0' && c <= '9') {
                if (row == null) {
                    row = new byte[length];
                }
                row[digits++] = (byte) (c - '0');
            } else if (separatorsIgnored && (c == ' ' || c == '-') && digits > 0) {
                separated = true;
            } else {
                if (digits >= DIGITS_MIN
                        && (!separatorsIgnored || separated)
                        && cardNumber(row, digits, ofScheme, wholeUpTo)) {
                    return true;
                }
                digits = 0;
                separated = false;
            }
        }
        return false;
    }

    private static boolean cardNumber(byte[] row, int digits, boolean ofScheme, int wholeUpTo) {
        if (digits <= wholeUpTo) {
            return cardNumber(row, 0, digits, ofScheme);
        }
        for (int from = 0; from + DIGITS_MIN <= digits; from++) {
            for (int count = DIGITS_MIN; count <= DIGITS_MAX && from + count <= digits; count++) {
                if (cardNumber(row, from, count, ofScheme)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean cardNumber(byte[] row, int from, int count, boolean ofScheme) {
        return (!ofScheme || beginsLikeAScheme(row, from)) && passesLuhn(row, from, count);
    }

    private static boolean beginsLikeAScheme(byte[] row, int from) {
        int first = row[from];
        if (first == 2) {
            int prefix = 1000 * first + 100 * row[from + 1] + 10 * row[from + 2] + row[from + 3];
            return prefix >= 2221 && prefix <= 2720;
        }
        return first >= 3 && first <= 6;
    }

    private static boolean passesLuhn(byte[] row, int from, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = row[from + count - 1 - i];
            if (i % 2 == 1) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
