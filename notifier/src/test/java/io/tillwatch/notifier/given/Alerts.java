package io.tillwatch.notifier.given;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Alerts as the jobs write them. */
public final class Alerts {

    private Alerts() {}

    public static Alert.Builder raised(String paymentId, int revision) {
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
                .setDetectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setAmount(12_500L)
                .setCurrency("EUR")
                .setCause(Cause.ACQUIRER);
    }

    public static Alert.Builder cleared(String paymentId, int revision) {
        return raised(paymentId, revision).setStatus(AlertStatus.CLEARED);
    }
}
