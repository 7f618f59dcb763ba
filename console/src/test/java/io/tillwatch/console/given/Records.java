package io.tillwatch.console.given;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Records as the feeds, the jobs and the responder write them. */
public final class Records {

    /** Must be in no table and on no page. */
    public static final String CARD_TOKEN = "tok-not-to-be-kept";

    private Records() {}

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A settlement that failed, raised. */
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
                .setTerminalId("t-1")
                .setDetectedAt(now())
                .setAmount(12_500L)
                .setCurrency("EUR")
                .setCause(Cause.ACQUIRER);
    }

    /** Its command, which waits for a person. */
    public static Command.Builder command(String paymentId, long amount) {
        Instant now = now();
        return Command.newBuilder()
                .setCommandId(commandId(paymentId))
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
                        .setCardToken(CARD_TOKEN)
                        .setStan("000123")
                        .setCaptureId("c-1")
                        .build());
    }

    public static String commandId(String paymentId) {
        return paymentId + ":SETTLEMENT_FAILED:c-1#REVERSE";
    }

    public static Outcome.Builder outcome(String paymentId, OutcomeResult result) {
        return Outcome.newBuilder()
                .setEventId("o-" + paymentId + result)
                .setCommandId(commandId(paymentId))
                .setPaymentId(paymentId)
                .setOccurredAt(now())
                .setResult(result)
                .setAmount(12_500)
                .setCurrency("EUR");
    }

    public static Authorization.Builder authorization(String paymentId, String eventId) {
        return Authorization.newBuilder()
                .setEventId(eventId)
                .setPaymentId(paymentId)
                .setOccurredAt(now())
                .setAcquirerId("acq-1")
                .setMerchantId("m-1")
                .setTerminalId("t-1")
                .setAmount(12_500)
                .setCurrency("EUR")
                .setResponseCode("00")
                .setKind(AuthorizationKind.SALE)
                .setStatus(AuthorizationStatus.APPROVED)
                .setCaptureMode(CaptureMode.SEPARATE)
                .setCardToken(CARD_TOKEN);
    }
}
