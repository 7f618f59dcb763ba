package io.tillwatch.responder.decision;

import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.rules.alert.AlertId;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import java.util.Optional;

/**
 * What a command wants, as far as it matters for judging an answer.
 *
 * @param alert the type of the alert that it was made for; empty if this build does not know it
 * @param sent whether it may have been sent already
 */
public record Question(Command command, Optional<AlertType> alert, Sent sent) {

    public static Question of(Command command, Sent sent) {
        return new Question(command, alert(command), sent);
    }

    boolean sentBefore() {
        return sent != Sent.NEVER;
    }

    /**
     * What the acquirer is asked. A reversal of a payment as a whole asks about the capture that an AUTOMATIC purchase is by
     * itself: that one belongs to the attempt, where any other capture is somebody's decision.
     */
    public Inquiry inquiry() {
        Target target = target(command);
        boolean whole = action() == Action.REVERSE && target.captureId() == null;
        return new Inquiry(command.getCommandId(), whole ? about(target, target.paymentId()) : target);
    }

    /** The question whether the payment still stands of which this one is said to be a duplicate; empty if it is not. */
    public Optional<Inquiry> counterpart() {
        Original original = command.getOriginal();
        return Optional.ofNullable(original.getCounterpartPaymentId())
                .map(payment -> new Inquiry(
                        null,
                        new Target(
                                payment,
                                original.getAcquirerId(),
                                original.getMerchantId(),
                                original.getTerminalId(),
                                original.getCardToken(),
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    /** What identifies the payment at its acquirer. */
    public static Target target(Command command) {
        Original original = command.getOriginal();
        return new Target(
                command.getPaymentId(),
                original.getAcquirerId(),
                original.getMerchantId(),
                original.getTerminalId(),
                original.getCardToken(),
                original.getCaptureId(),
                original.getStan(),
                original.getRrn(),
                original.getAuthCode(),
                original.getAuthorizedAt());
    }

    /** The same payment, with another capture or none. */
    public static Target about(Target target, String captureId) {
        return new Target(
                target.paymentId(),
                target.acquirerId(),
                target.merchantId(),
                target.terminalId(),
                target.cardToken(),
                captureId,
                target.stan(),
                target.rrn(),
                target.authCode(),
                target.authorizedAt());
    }

    Action action() {
        return command.getAction();
    }

    long amount() {
        return command.getAmount();
    }

    boolean isFor(AlertType type) {
        return alert.isPresent() && alert.get() == type;
    }

    /** Whether an approval is known, so that an acquirer that knows of none contradicts it. */
    boolean approvalKnown() {
        return command.getOriginal().getAuthCode() != null;
    }

    private static Optional<AlertType> alert(Command command) {
        try {
            return Optional.of(AlertId.typeOf(command.getPaymentId(), command.getAlertId()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException newer) {
            return Optional.empty();
        }
    }
}
