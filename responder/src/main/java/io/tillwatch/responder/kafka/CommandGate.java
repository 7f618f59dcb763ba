package io.tillwatch.responder.kafka;

import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may come in: records that can be read, and say what a command may say. The jobs write no others; this is for what
 * else may be in a topic. For one thread at a time.
 */
final class CommandGate {

    private static final int BYTES_MAX = 64 * 1024;
    private static final int ID_LENGTH_MAX = 1_024;
    private static final int TEXT_LENGTH_MAX = 128;
    private static final long AMOUNT_MAX = 1_000_000_000_000L;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final RecordReader<Command> reader;

    /** @param reader of whatever formats are written; used by one thread */
    CommandGate(RecordReader<Command> reader) {
        this.reader = reader;
    }

    /** What came in, or why it does not. */
    sealed interface Admitted {
        record In(Command command) implements Admitted {}

        /** @param reason names the field and its bounds, never what it holds */
        record Refused(String code, String reason) implements Admitted {}
    }

    /** @param retries whether it came from the topic of retries */
    Admitted admit(byte[] key, byte[] value, boolean retries) {
        if (value == null) {
            return new Admitted.Refused("UNREADABLE", "has no value");
        } else if (value.length > BYTES_MAX) {
            return new Admitted.Refused("TOO_LARGE", value.length + " bytes, more than " + BYTES_MAX);
        }
        Decoded<Command> decoded = reader.read(value);
        if (decoded instanceof Decoded.Unreadable<Command> unreadable) {
            return new Admitted.Refused("UNREADABLE", unreadable.reason());
        }
        Command command = ((Decoded.Value<Command>) decoded).value();
        Optional<Admitted> refused = problem(command, key, retries);
        return refused.orElseGet(() -> new Admitted.In(command));
    }

    private static Optional<Admitted> problem(Command command, byte[] key, boolean retries) {
        Original original = command.getOriginal();
        Optional<Admitted> text = required("commandId", command.getCommandId(), ID_LENGTH_MAX)
                .or(() -> required("alertId", command.getAlertId(), ID_LENGTH_MAX))
                .or(() -> required("paymentId", command.getPaymentId(), TEXT_LENGTH_MAX))
                .or(() -> required("acquirerId", original.getAcquirerId(), TEXT_LENGTH_MAX))
                .or(() -> required("merchantId", original.getMerchantId(), TEXT_LENGTH_MAX))
                .or(() -> optional("terminalId", original.getTerminalId()))
                .or(() -> optional("cardToken", original.getCardToken()))
                .or(() -> optional("stan", original.getStan()))
                .or(() -> optional("rrn", original.getRrn()))
                .or(() -> optional("authCode", original.getAuthCode()))
                .or(() -> optional("captureId", original.getCaptureId()))
                .or(() -> optional("counterpartPaymentId", original.getCounterpartPaymentId()))
                .or(() -> optional("signature", command.getSignature()));
        if (text.isPresent()) {
            return text;
        }
        if (key == null || !command.getPaymentId().equals(new String(key, StandardCharsets.UTF_8))) {
            return refused("BAD_FIELD", "paymentId differs from the record's key");
        }
        if (command.getAmount() == 0
                || Math.abs((double) command.getAmount()) > AMOUNT_MAX
                || (command.getAmount() < 0 && command.getAction() != Action.ADJUST)) {
            return refused("BAD_AMOUNT", "amount is not in 1.." + AMOUNT_MAX + ", or less than 0 but for an ADJUST");
        }
        if (!CURRENCY.matcher(command.getCurrency()).matches()) {
            return refused("BAD_CURRENCY", "currency is not three letters");
        }
        if (command.getIssue() < 1) {
            return refused("BAD_FIELD", "issue is less than 1");
        }
        boolean isRetry = switch (command.getAction()) {
            case REVERSE, REFUND, ADJUST -> false;
            case RETRY_CAPTURE, RETRY_SETTLEMENT -> true;
        };
        return isRetry == retries
                ? Optional.empty()
                : refused("BAD_COMBINATION", "action does not belong into this topic");
    }

    private static Optional<Admitted> required(String field, String value, int lengthMax) {
        if (value.isEmpty()) {
            return refused("BAD_FIELD", field + " is empty");
        }
        return text(field, value, lengthMax);
    }

    private static Optional<Admitted> optional(String field, String value) {
        return value == null ? Optional.empty() : text(field, value, TEXT_LENGTH_MAX);
    }

    private static Optional<Admitted> text(String field, String value, int lengthMax) {
        if (value.length() > lengthMax) {
            return refused("BAD_FIELD", field + " is longer than " + lengthMax + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return refused("BAD_FIELD", field + " has control characters");
        }
        boolean card = field.equals("cardToken") ? CardNumbers.within(value) : CardNumbers.ofSchemeWithin(value);
        return card ? refused("CARD_NUMBER", field + " holds a card number") : Optional.empty();
    }

    private static Optional<Admitted> refused(String code, String reason) {
        return Optional.of(new Admitted.Refused(code, reason));
    }

    /** The topics that commands come from. */
    static List<Topic> topics() {
        return List.of(Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS);
    }
}
