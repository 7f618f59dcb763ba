package io.tillwatch.rules.command;

import io.tillwatch.rules.alert.Cause;

/**
 * What is to be done about an alert.
 *
 * @param commandId {@code alertId#ACTION}; one command at most is ever made for an alert
 * @param issue 1, and one more each time it is written again
 * @param withdrawn its alert has cleared: not to be sent if it was not sent yet
 * @param amount minor units, more than 0; for ADJUST signed, positive credits the merchant
 * @param approvalReason null when the approval is AUTOMATIC
 * @param notBeforeMillis nothing is sent earlier
 * @param expiresAtMillis nothing is sent later
 */
public record Command(
        String commandId,
        int issue,
        boolean withdrawn,
        String alertId,
        String paymentId,
        Action action,
        long amount,
        String currency,
        Cause cause,
        Approval approval,
        ApprovalReason approvalReason,
        long issuedAtMillis,
        long notBeforeMillis,
        long expiresAtMillis,
        Original original) {

    /** The same, written again. */
    public Command again(boolean nowWithdrawn) {
        return new Command(
                commandId,
                issue + 1,
                nowWithdrawn,
                alertId,
                paymentId,
                action,
                amount,
                currency,
                cause,
                approval,
                approvalReason,
                issuedAtMillis,
                notBeforeMillis,
                expiresAtMillis,
                original);
    }

    /** The same, held for a person. */
    public Command held(ApprovalReason reason, long notBefore, long expiresAt) {
        return new Command(
                commandId,
                issue,
                withdrawn,
                alertId,
                paymentId,
                action,
                amount,
                currency,
                cause,
                Approval.REQUIRED,
                reason,
                issuedAtMillis,
                notBefore,
                expiresAt,
                original);
    }

    public boolean automatic() {
        return approval == Approval.AUTOMATIC;
    }
}
