package io.tillwatch.acquirer.ledger;

import java.util.ArrayList;
import java.util.List;

/** What of a payment can be undone or given back, in order, and what that would change. */
final class Undoing {

    private final boolean known;
    private final List<Step> steps = new ArrayList<>();

    private record Step(Posting.Type type, int index, long left, boolean settled) {}

    /**
     * Of one capture, of one attempt with its captures, or of the payment as a whole. Captures without an authorization
     * belong to every attempt.
     */
    Undoing(Payment payment, Posting.Type type, AttemptName name, String captureId) {
        if (captureId != null) {
            Capture capture = payment.captureOrNull(captureId, name);
            this.known = capture != null;
            if (capture != null) {
                add(type, capture);
            }
            return;
        }
        Authorization named = name.givesAName() ? payment.authorizationOrNull(name) : null;
        this.known = named != null || !name.givesAName();
        if (!known) {
            return;
        }
        if (type == Posting.Type.UNDO) {
            for (int i = payment.authorizations.size() - 1; i >= 0; i--) {
                Authorization authorization = payment.authorizations.get(i);
                if (authorization.held > 0 && (named == null || authorization == named)) {
                    steps.add(new Step(Posting.Type.RELEASE, i, authorization.held, false));
                }
            }
        }
        for (int i = payment.captures.size() - 1; i >= 0; i--) {
            Capture capture = payment.captures.get(i);
            if (named == null || capture.authorization == named.index || capture.authorization < 0) {
                add(type, capture);
            }
        }
    }

    private void add(Posting.Type type, Capture capture) {
        if (capture.left() > 0) {
            steps.add(new Step(type, capture.index, capture.left(), capture.settled > 0));
        }
    }

    /** Whether there is a capture or an attempt of that name at all. */
    boolean isKnown() {
        return known;
    }

    long left() {
        return steps.stream().mapToLong(Step::left).reduce(0, Math::addExact);
    }

    /** Whether a part of the first so many minor units is settled. */
    boolean reachesSettled(long amount) {
        long open = amount;
        for (Step step : steps) {
            if (open <= 0) {
                return false;
            }
            if (step.settled) {
                return true;
            }
            open -= step.left;
        }
        return false;
    }

    /** The changes that undo so much, or all that is left if that is less. */
    List<Posting> upTo(long amount) {
        List<Posting> postings = new ArrayList<>();
        long open = amount;
        for (Step step : steps) {
            long part = Math.min(open, step.left);
            if (part > 0) {
                postings.add(new Posting(step.type, step.index, part));
                open -= part;
            }
        }
        return postings;
    }
}
