package io.tillwatch.acquirer.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The books of one payment at one acquirer. Facts are taken as they come, whatever they do to the figures; what an
 * instruction may do is the {@link Ledger}'s to say.
 */
final class Payment {

    final String acquirerId;
    final String paymentId;
    final String currency;
    String merchantId;

    final List<Authorization> authorizations = new ArrayList<>();
    final List<Capture> captures = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    private final Set<String> eventIds = new HashSet<>();

    Payment(String acquirerId, String paymentId, String currency) {
        this.acquirerId = acquirerId;
        this.paymentId = paymentId;
        this.currency = currency;
    }

    void take(Event event) {
        if (event.eventId() != null && !eventIds.add(event.eventId())) {
            return;
        }
        if (event.merchantId() != null && merchantId == null) {
            merchantId = event.merchantId();
        }
        switch (event.event()) {
            case AUTHORIZED -> authorized(event);
            case DECLINED -> add(event, false);
            case CAPTURED -> captured(event);
            case SETTLED -> settled(event);
            case REJECTED -> rejected(event);
            case REVERSED -> post(undoing(event.attempt(), event.captureId()).upTo(event.amount()));
            case REFUNDED -> post(refunding(event.attempt(), event.captureId()).upTo(event.amount()));
            case SETTLED_AHEAD -> settledAhead(event);
        }
    }

    void take(Effect effect) {
        for (Posting posting : effect.postings()) {
            post(effect, posting);
        }
        effects.add(effect);
    }

    private void authorized(Event event) {
        if (event.kind() == Event.Kind.INCREMENT) {
            Authorization base = newestOrNull(a -> status(a) == Authorization.Status.APPROVED);
            if (base != null) {
                if (!base.isNamed(event.attempt())) {
                    base.names.add(event.attempt());
                    base.amount = Math.addExact(base.amount, event.amount());
                    base.held = Math.addExact(base.held, event.amount());
                }
                return;
            }
        }
        // An approval that is told again is not another one.
        if (newestOrNull(a -> a.approved && a.isNamed(event.attempt())) != null) {
            return;
        }
        Authorization added = add(event, true);
        if (event.automatic()) {
            captures.add(new Capture(captures.size(), paymentId, added.index, true, event.amount()));
        } else {
            added.held = event.amount();
        }
    }

    private Authorization add(Event event, boolean approved) {
        Authorization added =
                new Authorization(authorizations.size(), approved, event.authCode(), event.attempt(), event.amount());
        authorizations.add(added);
        return added;
    }

    private void captured(Event event) {
        Capture known = captureOrNull(event.captureIdOrPaymentId(), event.attempt());
        if (known == null) {
            capture(event.captureIdOrPaymentId(), heldOrStanding(), event.isLast(), event.amount());
        } else if (known.amount == 0) {
            // Its settlement was told first.
            known.amount = event.amount();
        }
    }

    private void capture(String captureId, Authorization authorization, boolean last, long amount) {
        int index = authorization == null ? -1 : authorization.index;
        Capture capture = new Capture(captures.size(), captureId, index, last, amount);
        if (authorization != null) {
            capture.fromHold = Math.min(authorization.held, amount);
            authorization.held = last ? 0 : authorization.held - capture.fromHold;
        }
        captures.add(capture);
    }

    private Authorization heldOrStanding() {
        Authorization held = newestOrNull(a -> a.held > 0);
        return held != null ? held : newestOrNull(a -> status(a) == Authorization.Status.APPROVED);
    }

    private void settled(Event event) {
        Capture capture = captureOrNull(event.captureIdOrPaymentId(), event.attempt());
        if (capture == null) {
            capture = new Capture(captures.size(), event.captureIdOrPaymentId(), -1, true, 0);
            captures.add(capture);
        }
        long known = Math.min(capture.settledAhead, event.amount());
        capture.settledAhead -= known;
        settle(capture, event.amount() - known);
    }

    private void settledAhead(Event event) {
        Capture capture = captureOrNull(event.captureIdOrPaymentId(), event.attempt());
        if (capture != null) {
            capture.settledAhead = Math.addExact(capture.settledAhead, event.amount());
            settle(capture, event.amount());
        }
    }

    private static void settle(Capture capture, long amount) {
        capture.settled = Math.addExact(capture.settled, amount);
        capture.rejected = false;
        capture.presentedAgain = false;
    }

    private void rejected(Event event) {
        Capture capture = captureOrNull(event.captureIdOrPaymentId(), event.attempt());
        if (capture != null) {
            capture.rejected = true;
            capture.presentedAgain = false;
        }
    }

    private void post(List<Posting> postings) {
        for (Posting posting : postings) {
            post(null, posting);
        }
    }

    private void post(Effect effect, Posting posting) {
        switch (posting.type()) {
            case RELEASE -> {
                Authorization authorization = authorizations.get(posting.index());
                authorization.held -= posting.amount();
                authorization.released = Math.addExact(authorization.released, posting.amount());
            }
            case UNDO -> {
                Capture capture = captures.get(posting.index());
                capture.reversed = Math.addExact(capture.reversed, posting.amount());
            }
            case UNDO_CAPTURE -> undoCapture(captures.get(posting.index()), posting.amount());
            case REFUND -> {
                Capture capture = captures.get(posting.index());
                capture.refunded = Math.addExact(capture.refunded, posting.amount());
            }
            case ADJUST -> {
                Capture capture = captures.get(posting.index());
                capture.adjusted = Math.addExact(capture.adjusted, posting.amount());
            }
            case CAPTURE -> {
                Authorization authorization = posting.index() < 0 ? null : authorizations.get(posting.index());
                boolean last = authorization != null && authorization.held <= posting.amount();
                capture(effect.captureId(), authorization, last, posting.amount());
            }
            case PRESENT -> {
                Capture capture = captures.get(posting.index());
                capture.rejected = false;
                capture.presentedAgain = true;
            }
        }
    }

    /** The authorization stands: what the capture took from the hold goes back if more was to be captured. */
    private void undoCapture(Capture capture, long amount) {
        capture.reversed = Math.addExact(capture.reversed, amount);
        if (!capture.last && capture.authorization >= 0) {
            long back = Math.min(amount, capture.fromHold);
            capture.fromHold -= back;
            Authorization authorization = authorizations.get(capture.authorization);
            authorization.held = Math.addExact(authorization.held, back);
        }
    }

    Authorization.Status status(Authorization authorization) {
        if (!authorization.approved) {
            return Authorization.Status.DECLINED;
        }
        long undone = authorization.released;
        long stands = authorization.held;
        for (Capture capture : captures) {
            if (capture.authorization == authorization.index) {
                undone = Math.addExact(undone, capture.reversed);
                stands = Math.addExact(stands, Math.max(0, capture.amount - capture.reversed));
            }
        }
        return stands == 0 && undone > 0 ? Authorization.Status.REVERSED : Authorization.Status.APPROVED;
    }

    /** The attempt of that name; without a name the approved one, else the newest. Null if there is none. */
    Authorization authorizationOrNull(AttemptName name) {
        if (name.givesAName()) {
            return newestOrNull(a -> a.isNamed(name));
        }
        Authorization approved = newestOrNull(a -> status(a) == Authorization.Status.APPROVED);
        return approved != null ? approved : newestOrNull(a -> true);
    }

    Authorization newestOrNull(Predicate<Authorization> which) {
        for (int i = authorizations.size() - 1; i >= 0; i--) {
            if (which.test(authorizations.get(i))) {
                return authorizations.get(i);
            }
        }
        return null;
    }

    /**
     * The capture of that id. Automatic purchases of one payment share it: then that of the named attempt, else the newest
     * of which something is left, else the newest.
     */
    Capture captureOrNull(String captureId, AttemptName name) {
        Authorization named = name.givesAName() ? authorizationOrNull(name) : null;
        Capture found = null;
        for (int i = captures.size() - 1; i >= 0; i--) {
            Capture capture = captures.get(i);
            if (!capture.captureId.equals(captureId)) {
                continue;
            }
            if (named != null && capture.authorization == named.index) {
                return capture;
            }
            if (found == null || (found.left() == 0 && capture.left() > 0)) {
                found = capture;
            }
        }
        return found;
    }

    long held() {
        return authorizations.stream().mapToLong(a -> a.held).reduce(0, Math::addExact);
    }

    long netDebit() {
        return captures.stream().mapToLong(Capture::left).reduce(0, Math::addExact);
    }

    long settled() {
        return captures.stream().mapToLong(c -> c.settled).reduce(0, Math::addExact);
    }

    /** What a reversal may undo, in the order in which it does: the hold, then the newest capture. */
    Undoing undoing(AttemptName name, String captureId) {
        Posting.Type type = captureId == null ? Posting.Type.UNDO : Posting.Type.UNDO_CAPTURE;
        return new Undoing(this, type, name, captureId);
    }

    /** What a refund may give back: the newest capture first. */
    Undoing refunding(AttemptName name, String captureId) {
        return new Undoing(this, Posting.Type.REFUND, name, captureId);
    }
}
