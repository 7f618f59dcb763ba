package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationStatus;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationView;
import io.tillwatch.responder.acquirer.PaymentView.CaptureStatus;
import io.tillwatch.responder.acquirer.PaymentView.CaptureView;
import io.tillwatch.responder.acquirer.PaymentView.EffectView;
import io.tillwatch.responder.acquirer.SendAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads an answer that came under the right identifiers. It counts only if it repeats everything that the request was about;
 * all else is as good as none. Reasons name fields, never what was read.
 */
final class AnswerReader {

    /** What DE 39 means at every acquirer, unless its settings say otherwise. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("00", AnswerReader.DONE),
            Map.entry("21", "ALREADY_REVERSED"),
            Map.entry("25", AnswerReader.NOT_FOUND),
            Map.entry("13", "AMOUNT_TOO_HIGH"),
            Map.entry("12", "NOT_CAPTURED"),
            Map.entry("94", "ALREADY_CAPTURED"),
            Map.entry("79", "ALREADY_SETTLED"),
            Map.entry("77", "KEY_REUSED"),
            Map.entry("91", "TRY_LATER"),
            Map.entry("96", "TRY_LATER"));

    private static final String DONE = "DONE";
    private static final String NOT_FOUND = "NOT_FOUND";
    private static final String UNSUPPORTED = "40";
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private static final List<Integer> REPEATED = List.of(
            IsoFormat.PROCESSING,
            IsoFormat.AMOUNT,
            IsoFormat.ACQUIRER,
            IsoFormat.RRN,
            IsoFormat.MERCHANT,
            IsoFormat.ORIGINAL);
    private static final List<String> REPEATED_TAGS =
            List.of(PrivateData.KEY, PrivateData.PAYMENT, PrivateData.CAPTURE);

    private final AcquirerAmounts amounts;
    private final Map<String, String> meanings;

    /** Why an answer does not count. */
    private static final class UnreliableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreliableException(String reason) {
            super(reason, null, false, false);
        }
    }

    AnswerReader(AcquirerAmounts amounts, Map<String, String> ownMeanings) {
        this.amounts = amounts;
        Map<String, String> all = new HashMap<>(MEANINGS);
        all.putAll(ownMeanings);
        this.meanings = Map.copyOf(all);
    }

    SendAnswer instruction(Instruction instruction, IsoMessage request, IsoMessage answer) {
        try {
            checked(request, answer);
            same(request, answer, IsoFormat.CURRENCY);
            String meaning = meaning(answer);
            return meaning.equals(DONE)
                    ? new SendAnswer.Done(instruction.amount(), IsoFormat.get(answer, IsoFormat.REFERENCE))
                    : new SendAnswer.Declined(meaning);
        } catch (UnreliableException e) {
            return new SendAnswer.Unknown(e.getMessage());
        }
    }

    InquiryAnswer inquiry(String captureId, IsoMessage request, IsoMessage answer) {
        try {
            Map<String, String> own = checked(request, answer);
            if (UNSUPPORTED.equals(IsoFormat.get(answer, IsoFormat.RESPONSE))) {
                return new InquiryAnswer.Unsupported();
            }
            return switch (meaning(answer)) {
                case DONE ->
                    new InquiryAnswer.Known(payment(captureId, IsoFormat.get(answer, IsoFormat.CURRENCY), own));
                case NOT_FOUND -> new InquiryAnswer.NotFound();
                default -> new InquiryAnswer.Unknown("DE 39 says that it was not answered");
            };
        } catch (UnreliableException e) {
            return new InquiryAnswer.Unknown(e.getMessage());
        }
    }

    private String meaning(IsoMessage answer) throws UnreliableException {
        String code = IsoFormat.get(answer, IsoFormat.RESPONSE);
        String meaning = code == null ? null : meanings.get(code);
        if (meaning == null) {
            throw new UnreliableException("DE 39 is missing or has no known meaning");
        }
        return meaning;
    }

    private static Map<String, String> checked(IsoMessage request, IsoMessage answer) throws UnreliableException {
        for (int field : REPEATED) {
            same(request, answer, field);
        }
        Map<String, String> asked = own(request);
        Map<String, String> own = own(answer);
        for (String tag : REPEATED_TAGS) {
            if (asked.containsKey(tag) && !asked.get(tag).equals(own.get(tag))) {
                throw new UnreliableException("DE 48 is about another " + tag);
            }
        }
        return own;
    }

    private static void same(IsoMessage request, IsoMessage answer, int field) throws UnreliableException {
        if (!Objects.equals(IsoFormat.get(request, field), IsoFormat.get(answer, field))) {
            throw new UnreliableException("about another DE " + field);
        }
    }

    private static Map<String, String> own(IsoMessage message) throws UnreliableException {
        return PrivateData.read(IsoFormat.get(message, IsoFormat.PRIVATE))
                .orElseThrow(() -> new UnreliableException("DE 48 is no list of tags"));
    }

    private PaymentView payment(String captureId, String number, Map<String, String> own) throws UnreliableException {
        String currency = amounts.code(String.valueOf(number))
                .orElseThrow(() -> new UnreliableException("DE 49 is no currency in use"));
        Amounts of = new Amounts(own, currency);
        AuthorizationView authorization = own.containsKey("au")
                ? new AuthorizationView(symbol(own, "au", AuthorizationStatus.class), of.positive("aa"))
                : null;
        CaptureView capture = null;
        if (own.containsKey("cs")) {
            if (captureId == null) {
                throw new UnreliableException("a capture that was not asked for");
            }
            capture = new CaptureView(
                    captureId,
                    of.positive("ca"),
                    of.positive("cr"),
                    of.positive("cf"),
                    of.positive("ct"),
                    of.any("cj"),
                    symbol(own, "cs", CaptureStatus.class));
        }
        EffectView effect = own.containsKey("e") ? new EffectView(of.any("e"), own.get("ef")) : null;
        if (effect != null && !own.containsKey(PrivateData.KEY)) {
            throw new UnreliableException("an effect that was not asked for");
        }
        return new PaymentView(
                currency, authorization, of.positive("h"), of.positive("n"), of.positive("se"), capture, effect);
    }

    private final class Amounts {

        private final Map<String, String> own;
        private final String currency;

        Amounts(Map<String, String> own, String currency) {
            this.own = own;
            this.currency = currency;
        }

        long any(String tag) throws UnreliableException {
            String told = own.get(tag);
            if (told == null || !WHOLE.matcher(told).matches()) {
                throw new UnreliableException("DE 48's " + tag + " is no whole number");
            }
            long amount = amounts.meant(Long.parseLong(told), currency)
                    .orElseThrow(() -> new UnreliableException("DE 48's " + tag + " is no number of minor units"));
            if (!PaymentView.isAmount(amount)) {
                throw new UnreliableException("DE 48's " + tag + " is more than " + PaymentView.AMOUNT_MAX);
            }
            return amount;
        }

        long positive(String tag) throws UnreliableException {
            long amount = any(tag);
            if (amount < 0) {
                throw new UnreliableException("DE 48's " + tag + " is negative");
            }
            return amount;
        }
    }

    private static <E extends Enum<E>> E symbol(Map<String, String> own, String tag, Class<E> type)
            throws UnreliableException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(own.get(tag))) {
                return constant;
            }
        }
        throw new UnreliableException("DE 48's " + tag + " is none that is known");
    }
}
