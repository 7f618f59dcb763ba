package io.tillwatch.cli.chaos;

/** What a scene is about: each is something that has gone wrong with somebody, or could. */
enum Plot {
    /** A request without an answer that the acquirer holds money for. */
    UNANSWERED_HELD(10),
    /** The same, as a purchase of one message. */
    UNANSWERED_AUTOMATIC(6),
    UNANSWERED_DECLINED(4),
    UNANSWERED_UNKNOWN(3),
    /** The acquirer learns of the authorization only while it is being reversed. */
    UNANSWERED_LATE(4),
    PREAUTH_HELD(6),
    /** The hold was captured before: the command is not about that. */
    PREAUTH_CAPTURED(3),
    /** The hold is captured while it is being released. */
    PREAUTH_CAPTURE_RACES(4),
    CAPTURE_OVERDUE(6),
    CAPTURE_OVERDUE_CAPTURED(3),
    CAPTURE_FAILED(4),
    SETTLEMENT_OVERDUE(6),
    SETTLEMENT_OVERDUE_SETTLED(3),
    SETTLEMENT_REJECTED(4),
    /** It is settled while it is asked for again. */
    SETTLEMENT_RACES(3),
    SETTLED_TOO_LITTLE(4),
    SETTLED_TWICE(4),
    /** Trap 30, the settled side: what is settled is not reversed. */
    CAPTURED_TWICE_SETTLED(3),
    CAPTURED_TWICE(6),
    /** Trap 30: the settlement comes while the capture is being reversed. */
    CAPTURED_TWICE_SETTLEMENT_RACES(6),
    DUPLICATE(4),
    /** The payment that must still stand does not. */
    DUPLICATE_COUNTERPART_GONE(3),
    DUPLICATE_SETTLED(4),
    /** Trap 33: a reversal and a refund of the same money. */
    REVERSAL_AND_REFUND(4),
    /** Trap 33: somebody else gives the money back at the same time. */
    REFUNDED_ELSEWHERE(3),
    /** Several commands of one payment, each about its own capture. */
    THREE_CAPTURES(4),
    /** The one makes the other wrong. */
    RELEASE_AND_CAPTURE(4),
    WITHDRAWN_BEFORE(3),
    WITHDRAWN_MEANWHILE(4),
    REDELIVERED(4),
    /** R6. */
    OTHER_CONTENT(4),
    EXPIRED(2),
    /** R7. */
    NEVER_APPROVED(2),
    APPROVED(4),
    OTHER_CURRENCY(2),
    LESS_LEFT(2),
    LONG_IDENTITIES(1),
    NONSENSE_BETWEEN(1);

    private final int weight;

    Plot(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
