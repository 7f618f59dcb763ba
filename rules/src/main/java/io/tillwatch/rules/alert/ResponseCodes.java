package io.tillwatch.rules.alert;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a response code (ISO 8583 DE 39, or the acquirer's own) says: whether to try again, and whose fault it was. */
public final class ResponseCodes {

    /** The table that holds where a network has none of its own. */
    public static final ResponseCodes DEFAULT = new ResponseCodes(
            Set.of("19", "68", "90", "91", "92", "96", "98"),
            Map.of(
                    Cause.NETWORK, Set.of("68", "92", "98"),
                    Cause.ISSUER, Set.of("90", "91"),
                    Cause.ACQUIRER, Set.of("94", "96"),
                    Cause.TERMINAL, Set.of("97", "99", "A0"),
                    Cause.OPERATOR, Set.of("03", "12", "13", "30", "57", "58", "64"),
                    Cause.FUNDS, Set.of("51", "61", "65"),
                    Cause.CARD, Set.of("14", "33", "34", "41", "43", "54", "59", "62")));

    private final Set<String> retriable;
    private final Map<String, Cause> causes = new HashMap<>();

    /** @param retriable codes after which the same request may succeed
     * @param causes codes by cause; a code in none is {@link Cause#UNKNOWN} */
    public ResponseCodes(Set<String> retriable, Map<Cause, Set<String>> causes) {
        this.retriable = Set.copyOf(retriable);
        causes.forEach((cause, codes) -> codes.forEach(code -> this.causes.put(code, cause)));
    }

    public boolean retriable(String code) {
        return retriable.contains(code);
    }

    public Cause cause(String code) {
        return causes.getOrDefault(code, Cause.UNKNOWN);
    }
}
