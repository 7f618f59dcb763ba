package io.tillwatch.notifier.notice;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.CommandEvidence;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Evidence;
import io.tillwatch.schemas.record.OutcomeEvidence;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A change of an alert, as far as others are told of it: no evidence, no card token, and little memory for those that wait.
 *
 * @param amount money at risk, minor units of {@code currency}; empty where it cannot be told
 * @param remedy what is done about it; empty if nothing is, or if it is not known
 */
public record Notice(
        String alertId,
        int revision,
        AlertStatus status,
        AlertType type,
        Severity severity,
        Scope scope,
        Optional<String> paymentId,
        Optional<String> subject,
        Optional<String> acquirerId,
        Optional<String> merchantId,
        Optional<String> terminalId,
        Instant detectedAt,
        Optional<Long> amount,
        Optional<String> currency,
        Cause cause,
        Optional<String> commandId,
        Optional<Remedy> remedy) {

    private static final int ID_BYTES = 16;

    public static Notice of(Alert alert) {
        return new Notice(
                alert.getAlertId(),
                alert.getRevision(),
                alert.getStatus(),
                alert.getType(),
                alert.getSeverity(),
                alert.getScope(),
                Optional.ofNullable(alert.getPaymentId()),
                Optional.ofNullable(alert.getSubject()),
                Optional.ofNullable(alert.getAcquirerId()),
                Optional.ofNullable(alert.getMerchantId()),
                Optional.ofNullable(alert.getTerminalId()),
                alert.getDetectedAt(),
                Optional.ofNullable(alert.getAmount()),
                Optional.ofNullable(alert.getCurrency()),
                alert.getCause(),
                Optional.ofNullable(alert.getCommandId()),
                remedy(alert));
    }

    public boolean isRaised() {
        return status == AlertStatus.RAISED;
    }

    /**
     * An identity of this change that is the same in every run and whenever it is told again. A digest, because identities of
     * payments may hold what a header or a log should not.
     */
    public String eventId() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((alertId + '\n' + revision).getBytes(StandardCharsets.UTF_8));
            return "alert_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256: use another one", e);
        }
    }

    private static Optional<Remedy> remedy(Alert alert) {
        Evidence evidence = alert.getEvidence();
        if (alert.getCommandId() == null || evidence == null) {
            return Optional.empty();
        }
        return evidence.getCommands().stream()
                .filter(command -> command.getCommandId().equals(alert.getCommandId()))
                .reduce((earlier, later) -> later)
                .map(command -> new Remedy(
                        command.getAction(),
                        command.getAmount(),
                        command.getCurrency(),
                        state(command, evidence),
                        command.getNotBefore(),
                        command.getExpiresAt()));
    }

    private static Remedy.State state(CommandEvidence command, Evidence evidence) {
        Optional<OutcomeEvidence> end = evidence.getOutcomes().stream()
                .filter(outcome -> outcome.getCommandId().equals(command.getCommandId()))
                .findFirst();
        if (end.isPresent()) {
            return switch (end.get().getResult()) {
                case DONE -> Remedy.State.DONE;
                case NOT_NEEDED -> Remedy.State.NOT_NEEDED;
                case FAILED, ESCALATED -> Remedy.State.FAILED;
            };
        } else if (command.getStatus() == CommandStatus.WITHDRAWN) {
            return Remedy.State.WITHDRAWN;
        }
        return command.getApproval() == Approval.REQUIRED ? Remedy.State.WAITS_FOR_A_PERSON : Remedy.State.UNDER_WAY;
    }
}
