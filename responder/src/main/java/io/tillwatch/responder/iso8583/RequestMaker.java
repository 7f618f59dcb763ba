package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes inquiries and instructions as messages. What a message cannot carry whole is not sent in part: a reversal whose
 * captureId was left out would reverse something else.
 */
final class RequestMaker {

    private static final long AMOUNT_MAX = 999_999_999_999L;
    private static final int ACQUIRER_LENGTH_MAX = 11;
    private static final int RRN_LENGTH = 12;
    private static final int AUTH_CODE_LENGTH = 6;
    private static final int TERMINAL_LENGTH = 8;
    private static final int MERCHANT_LENGTH = 15;
    private static final String INQUIRY = "310000";
    private static final String PURCHASE = "000000";
    private static final String NO_STAN = "000000";
    private static final String NO_TIME = "0000000000";
    private static final String ORIGINAL_END = "0".repeat(22);

    private final IsoFormat format;
    private final AcquirerAmounts amounts;
    private final String acquirerCode;
    private final boolean reversalAsAdvice;

    /** A message, or why there can be none. */
    sealed interface Made {
        /** It can be sent. */
        record Ready(IsoMessage message) implements Made {}

        /** It cannot, today or ever: in a few words, without card data. */
        record Unsendable(String reason) implements Made {}
    }

    private static final class UnsendableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsendableException(String reason) {
            super(reason, null, false, false);
        }
    }

    RequestMaker(IsoFormat format, AcquirerAmounts amounts, Iso8583Settings settings) {
        this.format = format;
        this.amounts = amounts;
        this.acquirerCode = settings.acquirerCode();
        this.reversalAsAdvice = settings.reversalAsAdvice();
    }

    Made inquiry(Inquiry inquiry, Identifiers identifiers) {
        try {
            IsoMessage message = message(0x0600, inquiry.commandId(), inquiry.target(), identifiers);
            IsoFormat.set(message, IsoFormat.PROCESSING, INQUIRY);
            return new Made.Ready(message);
        } catch (UnsendableException e) {
            return new Made.Unsendable(e.getMessage());
        }
    }

    Made instruction(Instruction instruction, Identifiers identifiers) {
        try {
            int first = type(instruction);
            int type = instruction.attempt() > 1 ? first + 1 : first;
            IsoMessage message = message(type, instruction.commandId(), instruction.target(), identifiers);
            IsoFormat.set(message, IsoFormat.PROCESSING, processing(instruction));
            IsoFormat.set(message, IsoFormat.AMOUNT, amount(instruction));
            IsoFormat.set(message, IsoFormat.CURRENCY, currency(instruction.currency()));
            return new Made.Ready(message);
        } catch (UnsendableException e) {
            return new Made.Unsendable(e.getMessage());
        }
    }

    /** Sign-on or echo. */
    IsoMessage management(String what, Identifiers identifiers) {
        IsoMessage message = format.message(0x0800);
        IsoFormat.set(message, IsoFormat.TRANSMITTED, identifiers.transmitted());
        IsoFormat.set(message, IsoFormat.STAN, identifiers.stan());
        IsoFormat.set(message, IsoFormat.MANAGEMENT, what);
        return message;
    }

    private int type(Instruction instruction) {
        return switch (instruction.action()) {
            case REVERSE -> reversalAsAdvice ? 0x0420 : 0x0400;
            case RETRY_CAPTURE, REFUND, ADJUST -> 0x0220;
            case RETRY_SETTLEMENT -> 0x0320;
        };
    }

    private static String processing(Instruction instruction) {
        return switch (instruction.action()) {
            case REVERSE, RETRY_CAPTURE, RETRY_SETTLEMENT -> PURCHASE;
            case REFUND -> "200000";
            case ADJUST -> instruction.amount() > 0 ? "220000" : "020000";
        };
    }

    private String amount(Instruction instruction) throws UnsendableException {
        OptionalLong told = amounts.told(instruction.amount(), instruction.currency());
        if (told.isEmpty()) {
            throw new UnsendableException("amount is no whole number of the acquirer's minor units");
        }
        long most = told.getAsLong();
        if (most > AMOUNT_MAX || most < -AMOUNT_MAX || most == 0) {
            throw new UnsendableException("amount does not fit DE 4, which takes 1 to " + AMOUNT_MAX);
        }
        return String.format(Locale.ROOT, "%012d", Math.abs(most));
    }

    private String currency(String code) throws UnsendableException {
        return amounts.number(code).orElseThrow(() -> new UnsendableException("currency has no number"));
    }

    private IsoMessage message(int type, String commandId, Target target, Identifiers identifiers)
            throws UnsendableException {
        IsoMessage message = format.message(type);
        IsoFormat.set(message, IsoFormat.TRANSMITTED, identifiers.transmitted());
        IsoFormat.set(message, IsoFormat.STAN, identifiers.stan());
        IsoFormat.set(message, IsoFormat.LOCAL_TIME, identifiers.time());
        IsoFormat.set(message, IsoFormat.LOCAL_DATE, identifiers.date());
        IsoFormat.set(message, IsoFormat.ACQUIRER, acquirer(target));
        IsoFormat.set(message, IsoFormat.RRN, fitting(target.rrn(), RRN_LENGTH));
        IsoFormat.set(message, IsoFormat.AUTH_CODE, fitting(target.authCode(), AUTH_CODE_LENGTH));
        IsoFormat.set(message, IsoFormat.TERMINAL, fitting(target.terminalId(), TERMINAL_LENGTH));
        IsoFormat.set(message, IsoFormat.MERCHANT, fitting(target.merchantId(), MERCHANT_LENGTH));
        IsoFormat.set(message, IsoFormat.PRIVATE, own(commandId, target));
        IsoFormat.set(message, IsoFormat.ORIGINAL, original(target));
        return message;
    }

    private String acquirer(Target target) throws UnsendableException {
        String code = acquirerCode != null ? acquirerCode : target.acquirerId();
        if (!fitsAcquirerCode(code)) {
            throw new UnsendableException("acquirer does not fit DE 32: set acquirerCode");
        }
        return code;
    }

    static boolean fitsAcquirerCode(String code) {
        return fitting(code, ACQUIRER_LENGTH_MAX) != null;
    }

    /** The text if a field of that length can hold it; else null. */
    private static String fitting(String text, int length) {
        boolean fits = text != null
                && !text.isEmpty()
                && text.length() <= length
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                && !text.endsWith(" ");
        return fits ? text : null;
    }

    private static String own(String commandId, Target target) throws UnsendableException {
        PrivateData own = new PrivateData();
        boolean identified = (commandId == null || own.add(PrivateData.KEY, key(commandId)))
                && own.add(PrivateData.CAPTURE, target.captureId())
                && own.add(PrivateData.STAN, target.stan())
                && own.add(PrivateData.RRN, target.rrn());
        if (!identified) {
            throw new UnsendableException("captureId, stan and rrn do not fit DE 48");
        }
        if (!own.add(PrivateData.PAYMENT, target.paymentId()) && !isFoundWithout(target)) {
            throw new UnsendableException("paymentId does not fit DE 48, and DE 37 and 42 do not say which it is");
        }
        // It only helps to find what is found without it.
        boolean unused = own.add(PrivateData.CARD_TOKEN, target.cardToken());
        return own.textOrNull();
    }

    private static boolean isFoundWithout(Target target) {
        return fitting(target.rrn(), RRN_LENGTH) != null && fitting(target.merchantId(), MERCHANT_LENGTH) != null;
    }

    private static String original(Target target) {
        String stan = target.stan() != null && target.stan().matches("\\d{6}") ? target.stan() : NO_STAN;
        String at = target.authorizedAt() == null
                ? NO_TIME
                : LocalDateTime.ofInstant(target.authorizedAt(), ZoneOffset.UTC).format(Identifiers.TRANSMISSION);
        return "0100" + stan + at + ORIGINAL_END;
    }

    /** The key under which the acquirer keeps an effect: SHA-256 of the commandId, in base64url. */
    static String key(String commandId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(commandId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
