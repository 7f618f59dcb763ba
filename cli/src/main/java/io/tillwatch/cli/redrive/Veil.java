package io.tillwatch.cli.redrive;

import io.tillwatch.jobs.kafka.Keys;
import io.tillwatch.rules.admission.CardNumbers;
import java.util.BitSet;

/**
 * Hides what may be a card number in what is shown. Stricter than the gate, which lets in digits that pass the check but
 * begin like no scheme's: on a screen such a row is worth nothing, and bytes that could not be read may hold a number in
 * any writing.
 */
final class Veil {

    private static final char HIDDEN = '•';
    private static final int LINE_BYTES = 16;
    private static final int BCD_BYTES_MIN = 7;

    private Veil() {}

    /** The text with each digit of such a row hidden, and without what a terminal would obey. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder(text);
        BitSet hidden = rows(text);
        for (int i = hidden.nextSetBit(0); i >= 0; i = hidden.nextSetBit(i + 1)) {
            shown.setCharAt(i, HIDDEN);
        }
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }

    /** A key as text, if it is one. */
    static String key(byte[] key) {
        String text = Keys.text(key);
        return text == null ? "(" + key.length + " bytes that are no text)" : text(text);
    }

    /** Which bytes are hidden. */
    static BitSet hidden(byte[] bytes) {
        BitSet hidden = new BitSet(bytes.length);
        hideDigits(bytes, hidden);
        hidePacked(bytes, hidden);
        return hidden;
    }

    /** The first bytes, two digits each. */
    static String hex(byte[] bytes, int most) {
        BitSet hidden = hidden(bytes);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, most); i++) {
            hex.append(hidden.get(i) ? "" + HIDDEN + HIDDEN : String.format("%02x", bytes[i]));
        }
        return hex.toString();
    }

    /** The first bytes as hex and as text beside it, a line for sixteen. */
    static String dump(byte[] bytes, int most) {
        BitSet hidden = hidden(bytes);
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < Math.min(bytes.length, most); from += LINE_BYTES) {
            StringBuilder hex = new StringBuilder();
            StringBuilder text = new StringBuilder();
            for (int i = from; i < from + LINE_BYTES; i++) {
                if (i >= bytes.length) {
                    hex.append("   ");
                } else if (hidden.get(i)) {
                    hex.append(HIDDEN).append(HIDDEN).append(' ');
                    text.append(HIDDEN);
                } else {
                    hex.append(String.format("%02x ", bytes[i]));
                    text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
                }
            }
            dump.append(String.format("%06x  %s %s%n", from, hex, text));
        }
        return dump.toString();
    }

    /** Digits in ASCII or EBCDIC, one a byte or with a zero byte between (UTF-16). */
    private static void hideDigits(byte[] bytes, BitSet hidden) {
        StringBuilder digits = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            int code = b & 0xFF;
            if (code >= '0' && code <= '9' || code >= 0xF0 && code <= 0xF9) {
                digits.append((char) ('0' + (code & 0x0F)));
            } else {
                digits.append(code == 0 || code == ' ' || code == '-' ? '-' : '.');
            }
        }
        hidden.or(rows(digits));
    }

    /** Where digits stand in a row, spaces and hyphens ignored, that may be a card number. */
    private static BitSet rows(CharSequence text) {
        BitSet found = new BitSet();
        int from = -1;
        int to = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c >= '0' && c <= '9') {
                from = from < 0 ? i : from;
                to = i + 1;
            } else if (c != ' ' && c != '-' && from >= 0) {
                if (CardNumbers.within(text.subSequence(from, to))) {
                    found.set(from, to);
                }
                from = -1;
            }
        }
        return found;
    }

    /** Two digits a byte, as in ISO 8583. A text of digits looks like that too, and was looked at as a text. */
    private static void hidePacked(byte[] bytes, BitSet hidden) {
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && (bytes[i] & 0x0F) <= 9 && (bytes[i] & 0xF0) <= 0x90) {
                continue;
            }
            if (i - from >= BCD_BYTES_MIN && !allText(bytes, from, i) && packedCardNumber(bytes, from, i)) {
                hidden.set(from, i);
            }
            from = i + 1;
        }
    }

    private static boolean allText(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean packedCardNumber(byte[] bytes, int from, int to) {
        byte[] digits = new byte[2 * (to - from)];
        for (int i = from; i < to; i++) {
            digits[2 * (i - from)] = (byte) ('0' + ((bytes[i] & 0xF0) >> 4));
            digits[2 * (i - from) + 1] = (byte) ('0' + (bytes[i] & 0x0F));
        }
        return CardNumbers.ofSchemeAnywhereWithin(digits);
    }
}
