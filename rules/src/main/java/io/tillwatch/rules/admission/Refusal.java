package io.tillwatch.rules.admission;

/**
 * Why a record was refused.
 *
 * @param reason the field and the bound that it breaks; never its content
 */
public record Refusal(Code code, String reason) {

    /** The codes, as they stand in the header {@code error} of a dead letter. */
    public enum Code {
        /** Does not decode with any known schema, or its key is no payment id. */
        UNREADABLE,
        /** Over 64 KiB. */
        TOO_LARGE,
        /** A string is empty, too long, has control characters, or is not the record's key. */
        BAD_FIELD,
        BAD_AMOUNT,
        BAD_CURRENCY,
        BAD_TIME,
        BAD_COMBINATION,
        /** A card number where a token or a text belongs. */
        CARD_NUMBER
    }
}
