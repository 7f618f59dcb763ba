package io.tillwatch.jobs.record;

import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Confidence;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import java.time.Instant;

/** Makes the records of the result topics. */
public final class ResultRecords {

    private ResultRecords() {}

    public static Alert alert(io.tillwatch.rules.alert.Alert a) {
        return Alert.newBuilder()
                .setAlertId(a.alertId())
                .setRevision(a.revision())
                .setStatus(a.raised() ? AlertStatus.RAISED : AlertStatus.CLEARED)
                .setType(AlertType.valueOf(a.type().name()))
                .setSeverity(Severity.valueOf(a.severity().name()))
                .setScope(Scope.valueOf(a.type().scope().name()))
                .setPaymentId(a.paymentId())
                .setSubject(a.subject())
                .setAcquirerId(a.acquirerId())
                .setMerchantId(a.merchantId())
                .setTerminalId(a.terminalId())
                .setDetectedAt(Instant.ofEpochMilli(a.detectedAtMillis()))
                .setAmount(a.amount())
                .setCurrency(a.currency())
                .setCause(Cause.valueOf(a.cause().name()))
                .setCommandId(a.commandId())
                .setEvidence(a.evidence() == null ? null : EvidenceRecords.evidence(a.evidence()))
                .build();
    }

    public static Command command(io.tillwatch.rules.command.Command c) {
        io.tillwatch.rules.command.Original o = c.original();
        return Command.newBuilder()
                .setCommandId(c.commandId())
                .setIssue(c.issue())
                .setStatus(status(c))
                .setAlertId(c.alertId())
                .setPaymentId(c.paymentId())
                .setAction(Action.valueOf(c.action().name()))
                .setAmount(c.amount())
                .setCurrency(c.currency())
                .setCause(Cause.valueOf(c.cause().name()))
                .setApproval(Approval.valueOf(c.approval().name()))
                .setApprovalReason(reason(c))
                .setIssuedAt(Instant.ofEpochMilli(c.issuedAtMillis()))
                .setNotBefore(Instant.ofEpochMilli(c.notBeforeMillis()))
                .setExpiresAt(Instant.ofEpochMilli(c.expiresAtMillis()))
                .setOriginal(Original.newBuilder()
                        .setAcquirerId(o.acquirerId())
                        .setMerchantId(o.merchantId())
                        .setTerminalId(o.terminalId())
                        .setCardToken(o.cardToken())
                        .setStan(o.stan())
                        .setRrn(o.rrn())
                        .setAuthCode(o.authCode())
                        .setAuthorizedAt(
                                o.authorizedAtMillis() == null ? null : Instant.ofEpochMilli(o.authorizedAtMillis()))
                        .setCaptureId(o.captureId())
                        .setCounterpartPaymentId(o.counterpartPaymentId())
                        .build())
                .build();
    }

    public static io.tillwatch.schemas.record.Suspicion suspicion(Suspicion s) {
        return io.tillwatch.schemas.record.Suspicion.newBuilder()
                .setEventId(s.eventId())
                .setPaymentId(s.paymentId())
                .setOfPaymentId(s.ofPaymentId())
                .setOccurredAt(Instant.ofEpochMilli(s.occurredAtMillis()))
                .setConfidence(Confidence.valueOf(s.confidence().name()))
                .build();
    }

    static CommandStatus status(io.tillwatch.rules.command.Command c) {
        return c.withdrawn() ? CommandStatus.WITHDRAWN : CommandStatus.ISSUED;
    }

    static ApprovalReason reason(io.tillwatch.rules.command.Command c) {
        return c.approvalReason() == null
                ? null
                : ApprovalReason.valueOf(c.approvalReason().name());
    }
}
