package io.tillwatch.responder.decision;

import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationStatus;
import io.tillwatch.responder.acquirer.PaymentView.CaptureStatus;
import io.tillwatch.responder.acquirer.PaymentView.CaptureView;
import io.tillwatch.rules.alert.AlertType;
import java.util.List;
import java.util.Optional;

/**
 * Judges an acquirer's answer to an inquiry.
 *
 * <p>An effect under the command's key is the command's, whatever else the books say. Otherwise: what is settled is never
 * reversed, and what is captured only if the command is about that capture (R3); what is already as the command wants it is
 * left; whatever contradicts what the command was made on goes to a person. A command never asks for less than it says: if
 * less is left, somebody else was there.
 */
public final class Decision {

    /** What stays as it is: what is settled, and where nothing is left. */
    private static final List<String> LASTING = List.of("ALREADY_SETTLED", "ALREADY_REVERSED", "NOTHING_LEFT");

    private Decision() {}

    /** What the answer means for the command. */
    public static Verdict of(Question question, InquiryAnswer answer) {
        if (answer instanceof InquiryAnswer.Unknown unknown) {
            return new Verdict.AskAgain("NO_ANSWER: " + unknown.reason());
        } else if (answer instanceof InquiryAnswer.Unsupported) {
            return unsupported(question);
        } else if (answer instanceof InquiryAnswer.NotFound) {
            return notFound(question);
        }
        Verdict verdict = known(question, ((InquiryAnswer.Known) answer).payment());
        return question.sentBefore() && verdict instanceof Verdict.NotNeeded notNeeded
                ? inDoubt(question, notNeeded)
                : verdict;
    }

    /**
     * A command that may have been sent, whose effect is not shown, and which seems not to be needed. The reason may be our
     * own effect, or pass before a request that is still on its way arrives: it ends the command only if it lasts, so that the
     * acquirer refuses every such request too, and only while the acquirer would show an effect of ours.
     */
    private static Verdict inDoubt(Question question, Verdict.NotNeeded seen) {
        if (question.sent() == Sent.FORGOTTEN) {
            return new Verdict.Escalate(
                    "KEY_FORGOTTEN: sent before, and what is seen may be its effect: " + seen.detail());
        }
        boolean lasting = switch (question.action()) {
            case REVERSE, RETRY_SETTLEMENT ->
                LASTING.stream().anyMatch(code -> seen.detail().startsWith(code));
            // A capture can be undone and made anew, a balance changes.
            case REFUND, ADJUST, RETRY_CAPTURE -> false;
        };
        return lasting ? seen : new Verdict.AskAgain("IN_DOUBT: sent before: " + seen.detail());
    }

    /**
     * What the answer about the counterpart means: the verdict that ends or delays the command, or empty if the counterpart
     * stands.
     */
    public static Optional<Verdict> ofCounterpart(InquiryAnswer answer) {
        if (answer instanceof InquiryAnswer.Unknown unknown) {
            return Optional.of(new Verdict.AskAgain("NO_ANSWER: about the counterpart: " + unknown.reason()));
        } else if (answer instanceof InquiryAnswer.Unsupported) {
            return Optional.of(
                    new Verdict.Escalate("COUNTERPART_UNKNOWN: the acquirer does not say whether it still stands"));
        } else if (answer instanceof InquiryAnswer.NotFound) {
            return Optional.of(new Verdict.NotNeeded("COUNTERPART_GONE: the acquirer does not know it"));
        }
        PaymentView counterpart = ((InquiryAnswer.Known) answer).payment();
        return counterpart.held() > 0 || counterpart.netDebit() > 0
                ? Optional.empty()
                : Optional.of(new Verdict.NotNeeded("COUNTERPART_GONE: nothing of it is held or debited"));
    }

    private static Verdict unsupported(Question question) {
        return question.sentBefore()
                ? new Verdict.Escalate("UNKNOWN_EFFECT: sent, and the acquirer answers no inquiries")
                : new Verdict.Send(true);
    }

    private static Verdict notFound(Question question) {
        if (question.sentBefore()) {
            // It knew the payment when it was sent.
            return new Verdict.AskAgain("NOT_FOUND: the acquirer knows no such payment any more");
        }
        return switch (question.action()) {
            case REVERSE -> noAttempt(question);
            case REFUND, ADJUST, RETRY_CAPTURE, RETRY_SETTLEMENT ->
                new Verdict.Escalate("NOT_FOUND: the acquirer knows no such payment");
        };
    }

    private static Verdict noAttempt(Question question) {
        return question.approvalKnown() || question.command().getOriginal().getCaptureId() != null
                ? new Verdict.Escalate("NOT_FOUND: approved or captured as far as we know, and unknown to the acquirer")
                : new Verdict.NotNeeded("NEVER_APPROVED: the acquirer knows of no such authorization");
    }

    private static Verdict known(Question question, PaymentView view) {
        if (view.effect() != null) {
            return new Verdict.Done(view.effect().amount(), view.effect().reference());
        }
        if (!view.currency().equals(question.command().getCurrency())) {
            return new Verdict.Escalate("OTHER_CURRENCY: the acquirer has the payment in another currency");
        }
        boolean aboutCapture = question.command().getOriginal().getCaptureId() != null;
        return switch (question.action()) {
            case REVERSE -> aboutCapture ? reverseCapture(question, view) : reverseWhole(question, view);
            case REFUND -> refund(question, view);
            case ADJUST -> adjust(question, view);
            case RETRY_CAPTURE -> retryCapture(question, view);
            case RETRY_SETTLEMENT -> retrySettlement(question, view);
        };
    }

    /** The attempt, what it holds, and its captures only where the command is about them. */
    private static Verdict reverseWhole(Question question, PaymentView view) {
        if (view.authorization() == null) {
            return noAttempt(question);
        }
        switch (view.authorization().status()) {
            case DECLINED -> {
                return new Verdict.NotNeeded("NOT_APPROVED: the acquirer declined it");
            }
            case REVERSED -> {
                return new Verdict.NotNeeded("ALREADY_REVERSED: the acquirer has it reversed");
            }
            case APPROVED -> {
                // As expected.
            }
        }
        long left = Math.addExact(view.held(), reversibleCaptures(question, view));
        if (left >= question.amount()) {
            return new Verdict.Send(true);
        } else if (view.settled() > 0) {
            return new Verdict.Escalate("SETTLED: what is to be reversed is settled, wholly or in part");
        } else if (left > 0) {
            return new Verdict.Escalate("LESS_LEFT: less is held than is to be reversed");
        } else if (view.netDebit() > 0) {
            return new Verdict.Escalate(
                    "CAPTURED: what is to be reversed is captured, and the command is not about that");
        }
        return new Verdict.NotNeeded("NOTHING_LEFT: nothing of it is held or debited");
    }

    /** What of the captures a command about a whole payment may undo: never what is settled. */
    private static long reversibleCaptures(Question question, PaymentView view) {
        if (question.isFor(AlertType.DUPLICATE_AUTHORIZATION)
                || question.isFor(AlertType.CAPTURE_EXCEEDS_AUTHORIZATION)) {
            // Their amount is made of the captures.
            return Math.max(0, Math.subtractExact(view.netDebit(), view.settled()));
        }
        CaptureView own = view.capture();
        if (question.isFor(AlertType.AUTHORIZATION_UNANSWERED) && own != null && own.settled() == 0) {
            return left(own);
        }
        return 0;
    }

    private static Verdict reverseCapture(Question question, PaymentView view) {
        CaptureView capture = view.capture();
        if (capture == null) {
            return holdOfFailedCapture(question, view);
        }
        long left = left(capture);
        if (left <= 0) {
            return new Verdict.NotNeeded("ALREADY_REVERSED: nothing is left of the capture");
        } else if (capture.status() == CaptureStatus.SETTLED || capture.settled() > 0) {
            return new Verdict.Escalate("SETTLED: the capture that is to be reversed is settled");
        } else if (left < question.amount()) {
            return new Verdict.Escalate("LESS_LEFT: less is left of the capture than is to be reversed");
        }
        return new Verdict.Send(true);
    }

    /** A capture that failed is not at the acquirer; what is to be released is the hold that it did not use. */
    private static Verdict holdOfFailedCapture(Question question, PaymentView view) {
        if (!question.isFor(AlertType.CAPTURE_FAILED)) {
            return new Verdict.Escalate("NOT_CAPTURED: the acquirer does not know the capture that is to be reversed");
        }
        if (view.held() >= question.amount()) {
            return new Verdict.Send(false);
        } else if (view.held() > 0) {
            return new Verdict.Escalate("LESS_LEFT: less is held than is to be reversed");
        }
        return view.netDebit() > 0
                ? new Verdict.Escalate("CAPTURED: the hold is captured, and the command is not about that")
                : new Verdict.NotNeeded("NOTHING_LEFT: nothing of it is held or debited");
    }

    private static Verdict refund(Question question, PaymentView view) {
        boolean aboutCapture = question.command().getOriginal().getCaptureId() != null;
        if (aboutCapture && view.capture() == null) {
            return new Verdict.Escalate("NOT_CAPTURED: the acquirer does not know the capture that is to be refunded");
        }
        long left = aboutCapture ? left(view.capture()) : view.netDebit();
        if (left <= 0) {
            return new Verdict.NotNeeded("NOTHING_LEFT: it is given back already, or was never debited");
        }
        return left >= question.amount()
                ? new Verdict.Send(true)
                : new Verdict.Escalate("LESS_LEFT: less is debited than is to be given back");
    }

    /** What is missing at the merchant's by the acquirer's own books must be what the command corrects. */
    private static Verdict adjust(Question question, PaymentView view) {
        CaptureView capture = view.capture();
        if (capture == null) {
            return new Verdict.Escalate("NOT_CAPTURED: the acquirer does not know the capture that is to be adjusted");
        }
        long expected = Math.subtractExact(capture.amount(), capture.reversed());
        long gap = Math.subtractExact(expected, Math.addExact(capture.settled(), capture.adjusted()));
        if (gap == 0) {
            return new Verdict.NotNeeded("BALANCED: by the acquirer's books the right amount is settled");
        }
        boolean covered = Long.signum(gap) == Long.signum(question.amount())
                && Math.absExact(gap) >= Math.absExact(question.amount());
        return covered
                ? new Verdict.Send(true)
                : new Verdict.Escalate("OTHER_GAP: by the acquirer's books another amount is to be adjusted");
    }

    private static Verdict retryCapture(Question question, PaymentView view) {
        if (view.capture() != null) {
            return view.capture().status() == CaptureStatus.REVERSED
                    ? new Verdict.NotNeeded("ALREADY_REVERSED: the capture was taken, and reversed")
                    : new Verdict.NotNeeded("ALREADY_CAPTURED: the acquirer has the capture");
        }
        if (view.authorization() == null || view.authorization().status() == AuthorizationStatus.DECLINED) {
            return new Verdict.Escalate("NOT_APPROVED: the acquirer has no approval to capture on");
        } else if (view.held() >= question.amount()) {
            return new Verdict.Send(true);
        } else if (view.authorization().status() == AuthorizationStatus.REVERSED) {
            return new Verdict.NotNeeded("ALREADY_REVERSED: the authorization was reversed");
        } else if (view.held() <= 0
                && view.netDebit() > 0
                && question.command().getOriginal().getCaptureId() == null) {
            return new Verdict.NotNeeded("ALREADY_CAPTURED: the acquirer has a capture");
        }
        return new Verdict.Escalate("LESS_LEFT: less is held than is to be captured");
    }

    private static Verdict retrySettlement(Question question, PaymentView view) {
        CaptureView capture = view.capture();
        if (capture == null) {
            return new Verdict.Escalate("NOT_CAPTURED: the acquirer does not know the capture that is to be settled");
        } else if (capture.status() == CaptureStatus.SETTLED || capture.settled() > 0) {
            return new Verdict.NotNeeded("ALREADY_SETTLED: the acquirer has it settled");
        }
        long left = Math.subtractExact(capture.amount(), capture.reversed());
        if (capture.status() == CaptureStatus.REVERSED || left <= 0) {
            return new Verdict.NotNeeded("ALREADY_REVERSED: nothing is left to settle");
        }
        return left >= question.amount()
                ? new Verdict.Send(true)
                : new Verdict.Escalate("LESS_LEFT: less is left of the capture than is to be settled");
    }

    private static long left(CaptureView capture) {
        return Math.subtractExact(capture.amount(), Math.addExact(capture.reversed(), capture.refunded()));
    }
}
