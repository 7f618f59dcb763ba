package io.tillwatch.responder.people;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Commands and alerts as the detector writes them. */
public final class Samples {

    private Samples() {}

    /** One that waits for a person, and whose time has come. */
    public static Command.Builder required(String paymentId, long amount) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Command.newBuilder()
                .setCommandId(paymentId + ":SETTLEMENT_FAILED:c-1#REVERSE")
                .setIssue(1)
                .setStatus(CommandStatus.ISSUED)
                .setAlertId(paymentId + ":SETTLEMENT_FAILED:c-1")
                .setPaymentId(paymentId)
                .setAction(Action.REVERSE)
                .setAmount(amount)
                .setCurrency("EUR")
                .setCause(Cause.ACQUIRER)
                .setApproval(Approval.REQUIRED)
                .setApprovalReason(ApprovalReason.POLICY)
                .setIssuedAt(now.minusSeconds(60))
                .setNotBefore(now.minusSeconds(60))
                .setExpiresAt(now.plus(Duration.ofHours(24)))
                .setOriginal(Original.newBuilder()
                        .setAcquirerId("acq-1")
                        .setMerchantId("m-1")
                        .setTerminalId("t-1")
                        .setCardToken("tok-1")
                        .setCaptureId("c-1")
                        .build());
    }

    /** One that goes by itself. */
    public static Command.Builder automatic(String paymentId, long amount) {
        return required(paymentId, amount).setApproval(Approval.AUTOMATIC).setApprovalReason(null);
    }

    /** The alert of {@link #required}, raised. */
    public static Alert.Builder alert(String paymentId, int revision) {
        return Alert.newBuilder()
                .setAlertId(paymentId + ":SETTLEMENT_FAILED:c-1")
                .setRevision(revision)
                .setStatus(AlertStatus.RAISED)
                .setType(AlertType.SETTLEMENT_FAILED)
                .setSeverity(Severity.CRITICAL)
                .setScope(Scope.PAYMENT)
                .setPaymentId(paymentId)
                .setSubject("c-1")
                .setAcquirerId("acq-1")
                .setMerchantId("m-1")
                .setDetectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setAmount(12_500L)
                .setCurrency("EUR")
                .setCause(Cause.ACQUIRER)
                .setCommandId(paymentId + ":SETTLEMENT_FAILED:c-1#REVERSE");
    }
}
