package io.tillwatch.responder.given;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Commands, as the jobs make them. */
public final class Commands {

    public static final String ACQUIRER = "A";

    private Commands() {}

    /** REVERSE of 1000 EUR cents for an unanswered authorization, automatic, due, good for an hour. */
    public static Command.Builder reverse(String paymentId) {
        return command(paymentId, "AUTHORIZATION_UNANSWERED:e-1", Action.REVERSE);
    }

    /** A command for an alert of this type and subject. */
    public static Command.Builder command(String paymentId, String typeAndSubject, Action action) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String alertId = paymentId + ":" + typeAndSubject;
        return Command.newBuilder()
                .setCommandId(alertId + "#" + action)
                .setIssue(1)
                .setStatus(CommandStatus.ISSUED)
                .setAlertId(alertId)
                .setPaymentId(paymentId)
                .setAction(action)
                .setAmount(1_000)
                .setCurrency("EUR")
                .setCause(Cause.NETWORK)
                .setApproval(Approval.AUTOMATIC)
                .setIssuedAt(now.minus(Duration.ofMinutes(10)))
                .setNotBefore(now.minus(Duration.ofMinutes(5)))
                .setExpiresAt(now.plus(Duration.ofHours(1)))
                .setOriginal(original().build());
    }

    public static Original.Builder original() {
        return Original.newBuilder()
                .setAcquirerId(ACQUIRER)
                .setMerchantId("M")
                .setTerminalId("T")
                .setCardToken("tok-1")
                .setStan("000123")
                .setRrn("000000000123");
    }
}
