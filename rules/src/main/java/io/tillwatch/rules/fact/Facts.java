package io.tillwatch.rules.fact;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of one payment, each list in the order of arrival. Unmodifiable: a step makes the next one.
 *
 * @param first the record of a feed that arrived first, or null; the payment's policy is that of its merchant and acquirer
 * @param tainted whether a record under the payment's key was refused
 */
public record Facts(
        List<Authorization> authorizations,
        List<Capture> captures,
        List<Settlement> settlements,
        List<Reversal> reversals,
        List<Outcome> outcomes,
        List<Suspicion> suspicions,
        FeedRecord first,
        boolean tainted) {

    /** Nothing is known yet. */
    public static final Facts NONE =
            new Facts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, false);

    /** These facts and one more, which arrived after all of them. */
    public Facts and(PaymentEvent event) {
        if (event instanceof Authorization a) {
            return new Facts(
                    plus(authorizations, a), captures, settlements, reversals, outcomes, suspicions, first(a), tainted);
        } else if (event instanceof Capture c) {
            return new Facts(
                    authorizations, plus(captures, c), settlements, reversals, outcomes, suspicions, first(c), tainted);
        } else if (event instanceof Settlement s) {
            return new Facts(
                    authorizations, captures, plus(settlements, s), reversals, outcomes, suspicions, first(s), tainted);
        } else if (event instanceof Reversal r) {
            return new Facts(
                    authorizations, captures, settlements, plus(reversals, r), outcomes, suspicions, first(r), tainted);
        } else if (event instanceof Outcome o) {
            return new Facts(
                    authorizations, captures, settlements, reversals, plus(outcomes, o), suspicions, first, tainted);
        } else if (event instanceof Suspicion s) {
            return new Facts(
                    authorizations, captures, settlements, reversals, outcomes, plus(suspicions, s), first, tainted);
        }
        return new Facts(authorizations, captures, settlements, reversals, outcomes, suspicions, first, true);
    }

    /** Whether nothing is known. */
    public boolean none() {
        return first == null && outcomes.isEmpty() && suspicions.isEmpty() && !tainted;
    }

    /** Whether a record of this identity is among them. */
    public boolean knows(String eventId) {
        return holds(authorizations, eventId)
                || holds(captures, eventId)
                || holds(settlements, eventId)
                || holds(reversals, eventId)
                || holds(outcomes, eventId)
                || holds(suspicions, eventId);
    }

    /** The identity of the acquirer whose policy holds for the payment, or null. */
    public String acquirerId() {
        return first == null ? null : first.acquirerId();
    }

    /** The identity of the merchant whose policy holds for the payment, or null. */
    public String merchantId() {
        return first == null ? null : first.merchantId();
    }

    /** What the duplicates job holds of the payment now, or null when it never suspected anything. */
    public Suspicion lastSuspicion() {
        Suspicion last = null;
        for (Suspicion s : suspicions) {
            if (last == null || s.occurredAtMillis() >= last.occurredAtMillis()) {
                last = s;
            }
        }
        return last;
    }

    private FeedRecord first(FeedRecord next) {
        return first == null ? next : first;
    }

    private static boolean holds(List<? extends Fact> facts, String eventId) {
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).eventId().equals(eventId)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> plus(List<T> facts, T fact) {
        if (facts.isEmpty()) {
            return List.of(fact);
        }
        List<T> more = new ArrayList<>(facts.size() + 1);
        more.addAll(facts);
        more.add(fact);
        return more;
    }
}
