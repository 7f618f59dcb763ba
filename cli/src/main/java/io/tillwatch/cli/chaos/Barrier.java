package io.tillwatch.cli.chaos;

/** The places at which a responder can be told to halt, by the names that it knows them by. */
enum Barrier {
    AFTER_POLL,
    AFTER_INSERT,
    BEFORE_OFFSET_COMMIT,
    AFTER_CLAIM,
    AFTER_INQUIRY,
    BEFORE_INTENT,
    AFTER_INTENT,
    AFTER_SEND,
    AFTER_END,
    AFTER_UNKNOWN,
    AFTER_RELAY,
    AFTER_TOLD;

    /** The system property that arms barriers. */
    static final String PROPERTY = "TILLWATCH_FAILPOINTS";

    /** Exit code of a responder that was halted at one. */
    static final int HALTED = 137;

    /** Whether a responder that is up comes by every now and then only: when records come, or when it tells. */
    boolean isRare() {
        return switch (this) {
            case AFTER_POLL, AFTER_INSERT, BEFORE_OFFSET_COMMIT, AFTER_RELAY, AFTER_TOLD, AFTER_UNKNOWN -> true;
            case AFTER_CLAIM, AFTER_INQUIRY, BEFORE_INTENT, AFTER_INTENT, AFTER_SEND, AFTER_END -> false;
        };
    }

    /** The option of a JVM that halts at the n-th passing. */
    String armed(int passing) {
        return "-D" + PROPERTY + "=" + name() + ":" + passing;
    }
}
