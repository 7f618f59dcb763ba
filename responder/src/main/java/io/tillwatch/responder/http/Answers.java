package io.tillwatch.responder.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationStatus;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationView;
import io.tillwatch.responder.acquirer.PaymentView.CaptureStatus;
import io.tillwatch.responder.acquirer.PaymentView.CaptureView;
import io.tillwatch.responder.acquirer.PaymentView.EffectView;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.rules.admission.CardNumbers;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads what an acquirer answered. An answer counts only if it is whole, means one thing, and is about what was asked: all
 * else is as good as none. Reasons name fields and bounds, never what was read.
 */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int REFERENCE_LENGTH_MAX = 128;

    private Answers() {}

    /** Why an answer does not count. */
    private static final class UnreliableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreliableException(String reason) {
            super(reason, null, false, false);
        }
    }

    static InquiryAnswer inquiry(int status, byte[] body, Inquiry inquiry, String key) {
        try {
            return switch (status) {
                case 200 -> new InquiryAnswer.Known(payment(json(body), inquiry, key));
                case 404 -> notFound(json(body), inquiry);
                case 501 -> new InquiryAnswer.Unsupported();
                default -> new InquiryAnswer.Unknown("status " + status);
            };
        } catch (UnreliableException e) {
            return new InquiryAnswer.Unknown("status " + status + ", " + e.getMessage());
        }
    }

    static SendAnswer instruction(int status, byte[] body, Instruction instruction, String key) {
        try {
            return switch (status) {
                case 200, 201 -> done(json(body), instruction, key);
                case 422 -> declined(json(body), key);
                default -> new SendAnswer.Unknown("status " + status);
            };
        } catch (UnreliableException e) {
            return new SendAnswer.Unknown("status " + status + ", " + e.getMessage());
        }
    }

    private static InquiryAnswer notFound(JsonNode problem, Inquiry inquiry) throws UnreliableException {
        if (code(problem).equals("NOT_FOUND")) {
            about(problem, "paymentId", inquiry.target().paymentId());
            return new InquiryAnswer.NotFound();
        }
        throw new UnreliableException("another code than NOT_FOUND");
    }

    /** A decline ends a command: one that does not say which instruction it declines may be about another one. */
    private static SendAnswer declined(JsonNode problem, String key) throws UnreliableException {
        String code = code(problem);
        about(problem, "key", key);
        return new SendAnswer.Declined(code);
    }

    private static String code(JsonNode problem) throws UnreliableException {
        String code = text(problem, "code");
        if (!CODE.matcher(code).matches()) {
            throw new UnreliableException("code is not 1 to 64 letters, digits and _ . -");
        }
        // It is written into the journal and the outcome.
        if (CardNumbers.ofSchemeWithin(code)) {
            throw new UnreliableException("code holds a card number");
        }
        return code;
    }

    private static SendAnswer done(JsonNode effect, Instruction instruction, String key) throws UnreliableException {
        about(effect, "key", key);
        about(effect, "action", instruction.action().name());
        if (number(effect, "amount") != instruction.amount()) {
            throw new UnreliableException("about another amount");
        }
        return new SendAnswer.Done(instruction.amount(), reference(effect));
    }

    private static PaymentView payment(JsonNode view, Inquiry inquiry, String key) throws UnreliableException {
        about(view, "paymentId", inquiry.target().paymentId());
        JsonNode authorization = given(view, "authorization");
        JsonNode capture = given(view, "capture");
        JsonNode effect = given(view, "effect");
        return new PaymentView(
                text(view, "currency"),
                authorization.isNull() ? null : authorization(authorization),
                amount(view, "held"),
                amount(view, "netDebit"),
                amount(view, "settled"),
                capture.isNull() ? null : capture(capture, inquiry),
                effect.isNull() ? null : effect(effect, key));
    }

    private static AuthorizationView authorization(JsonNode node) throws UnreliableException {
        return new AuthorizationView(symbol(node, AuthorizationStatus.class), amount(node, "amount"));
    }

    private static CaptureView capture(JsonNode node, Inquiry inquiry) throws UnreliableException {
        String captureId = text(node, "captureId");
        if (!captureId.equals(inquiry.target().captureId())) {
            throw new UnreliableException("about another captureId");
        }
        return new CaptureView(
                captureId,
                amount(node, "amount"),
                amount(node, "reversed"),
                amount(node, "refunded"),
                amount(node, "settled"),
                number(node, "adjusted"),
                symbol(node, CaptureStatus.class));
    }

    private static EffectView effect(JsonNode node, String key) throws UnreliableException {
        if (key == null) {
            throw new UnreliableException("an effect that was not asked for");
        }
        about(node, "key", key);
        return new EffectView(number(node, "amount"), reference(node));
    }

    private static JsonNode json(byte[] body) throws UnreliableException {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Its message quotes what was read.
        }
        throw new UnreliableException("no JSON object");
    }

    private static JsonNode given(JsonNode object, String field) throws UnreliableException {
        JsonNode node = object.get(field);
        if (node == null || !(node.isNull() || node.isObject())) {
            throw new UnreliableException(field + " is no object and not null");
        }
        return node;
    }

    private static String text(JsonNode object, String field) throws UnreliableException {
        JsonNode node = object.get(field);
        if (node == null || !node.isTextual() || node.textValue().isEmpty()) {
            throw new UnreliableException(field + " is no text");
        }
        return node.textValue();
    }

    private static void about(JsonNode object, String field, String expected) throws UnreliableException {
        if (!Objects.equals(text(object, field), expected)) {
            throw new UnreliableException("about another " + field);
        }
    }

    private static long number(JsonNode object, String field) throws UnreliableException {
        JsonNode node = object.get(field);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new UnreliableException(field + " is no whole number of 64 bits");
        }
        if (!PaymentView.isAmount(node.longValue())) {
            throw new UnreliableException(field + " is more than " + PaymentView.AMOUNT_MAX);
        }
        return node.longValue();
    }

    private static long amount(JsonNode object, String field) throws UnreliableException {
        long amount = number(object, field);
        if (amount < 0) {
            throw new UnreliableException(field + " is negative");
        }
        return amount;
    }

    private static <E extends Enum<E>> E symbol(JsonNode object, Class<E> type) throws UnreliableException {
        String text = text(object, "status");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new UnreliableException("status is none that is known");
    }

    private static String reference(JsonNode object) throws UnreliableException {
        JsonNode node = object.get("reference");
        if (node == null || node.isNull()) {
            return null;
        }
        String reference = text(object, "reference");
        if (reference.length() > REFERENCE_LENGTH_MAX) {
            throw new UnreliableException("reference is longer than " + REFERENCE_LENGTH_MAX + " characters");
        }
        return reference;
    }
}
