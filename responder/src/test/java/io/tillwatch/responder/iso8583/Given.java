package io.tillwatch.responder.iso8583;

import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.schemas.record.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the tests ask for. */
final class Given {

    static final String COMMAND = "p-1:AUTHORIZATION_UNANSWERED:e-1#REVERSE";
    static final Map<String, String> IDENTIFIERS = new Identifiers("000042", "0101120000").asMap();

    private Given() {}

    static Target target(String paymentId, String captureId) {
        return new Target(
                paymentId,
                "acq-1",
                "m-1",
                "t-1",
                "tok-1",
                captureId,
                "000001",
                "000000000001",
                "A12345",
                Instant.ofEpochMilli(1_767_225_600_000L));
    }

    static Instruction reversal(String commandId, String paymentId, long amount, int attempt) {
        return instruction(commandId, Action.REVERSE, target(paymentId, null), amount, "EUR", attempt);
    }

    static Instruction instruction(
            String commandId, Action action, Target target, long amount, String currency, int attempt) {
        return new Instruction(commandId, action, amount, currency, target, attempt, IDENTIFIERS);
    }

    static Iso8583Settings settings(String host, int port, Duration answerWithin) {
        return Iso8583Settings.of(host, port, answerWithin);
    }
}
