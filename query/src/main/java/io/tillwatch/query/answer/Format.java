package io.tillwatch.query.answer;

/** How an answer is written. */
public enum Format {
    /** Columns under each other, for people. */
    TABLE,
    /** RFC 4180, with a line of names. */
    CSV,
    /** One object a line. */
    JSON;

    /** Writes an answer in this form. */
    public Answer writer() {
        return switch (this) {
            case TABLE -> new TableAnswer();
            case CSV -> new CsvAnswer();
            case JSON -> new JsonAnswer();
        };
    }
}
