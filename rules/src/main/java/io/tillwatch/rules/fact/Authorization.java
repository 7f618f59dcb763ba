package io.tillwatch.rules.fact;

/**
 * A request for authorization or its answer.
 *
 * @param cardToken the token that stands for the card; never a card number
 * @param authCode DE 38, or null
 * @param stan system trace audit number (DE 11), or null
 * @param rrn retrieval reference number (DE 37), or null
 */
public record Authorization(
        Common common,
        Kind kind,
        Status status,
        CaptureMode captureMode,
        String cardToken,
        String authCode,
        String stan,
        String rrn)
        implements FeedRecord {

    /** What is asked for. */
    public enum Kind {
        SALE,
        PREAUTH,
        /** Adds to the amount of an authorization that stands. */
        INCREMENT
    }

    /** How far it got. */
    public enum Status {
        REQUESTED,
        APPROVED,
        DECLINED
    }

    /** Whether the approval is itself the capture (AUTOMATIC) or a capture message must follow (SEPARATE). */
    public enum CaptureMode {
        AUTOMATIC,
        SEPARATE
    }

    @Override
    public Feed feed() {
        return Feed.AUTHORIZATIONS;
    }

    /** Whether it opens a payment, rather than adding to one. */
    public boolean base() {
        return kind != Kind.INCREMENT;
    }

    public boolean approvedBase() {
        return base() && status == Status.APPROVED;
    }

    public boolean declinedBase() {
        return base() && status == Status.DECLINED;
    }

    public boolean requestedBase() {
        return base() && status == Status.REQUESTED;
    }

    /** Whether the approval is itself the capture. */
    public boolean automatic() {
        return captureMode == CaptureMode.AUTOMATIC;
    }

    /** Whether both speak of one attempt at the terminal: the same trace number or the same reference. */
    public boolean sameAttempt(Authorization other) {
        return sameReference(stan, other.stan) || sameReference(rrn, other.rrn);
    }

    /** Whether two references are equal and say something: neither null nor zeros only. */
    public static boolean sameReference(String one, String other) {
        return one != null && one.equals(other) && !zerosOnly(one);
    }

    private static boolean zerosOnly(String reference) {
        for (int i = 0; i < reference.length(); i++) {
            if (reference.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
