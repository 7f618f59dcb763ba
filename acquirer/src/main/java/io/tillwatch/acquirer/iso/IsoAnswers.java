package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.acquirer.journal.Outcome;
import io.tillwatch.acquirer.ledger.DeclineCode;
import io.tillwatch.acquirer.ledger.PaymentView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes answers: each repeats what tells which request it answers, and what that was about. */
final class IsoAnswers {

    static final String DONE = "00";
    static final String NOT_FOUND = "25";
    static final String FORMAT_ERROR = "30";
    static final String UNSUPPORTED = "40";
    /** Means nothing to a client: neither done nor declined. */
    static final String FAILURE = "06";

    private static final int[] REPEATED = {3, 4, 7, 11, 32, 37, 41, 42, 49, 70, 90};

    private final IsoFormat format;
    private final IsoCurrencies currencies;

    IsoAnswers(IsoFormat format, IsoCurrencies currencies) {
        this.format = format;
        this.currencies = currencies;
    }

    IsoMessage code(IsoRequest request, String code) {
        return answer(request, code, request.own());
    }

    IsoMessage outcome(IsoRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            IsoMessage answer = code(request, DONE);
            format.set(answer, 63, done.effect().reference());
            return answer;
        }
        return code(request, of(((Outcome.Declined) outcome).code()));
    }

    IsoMessage view(IsoRequest request, PaymentView view) {
        Map<String, String> own = new LinkedHashMap<>(request.own());
        String currency = view.currency();
        if (view.authorization() != null) {
            own.put("au", view.authorization().status().name());
            own.put("aa", told(view.authorization().amount(), currency));
        }
        own.put("h", told(view.held(), currency));
        own.put("n", told(view.netDebit(), currency));
        own.put("se", told(view.settled(), currency));
        PaymentView.CaptureView capture = view.capture();
        if (capture != null) {
            own.put("cs", capture.status().name());
            own.put("ca", told(capture.amount(), currency));
            own.put("cr", told(capture.reversed(), currency));
            own.put("cf", told(capture.refunded(), currency));
            own.put("ct", told(capture.settled(), currency));
            own.put("cj", told(capture.adjusted(), currency));
        }
        if (view.effect() != null) {
            own.put("e", told(view.effect().amount(), currency));
            own.put("ef", view.effect().reference());
        }
        // Whoever asked knows these, and DE 48 is short.
        List.of("t", "s", "r").forEach(own::remove);
        IsoMessage answer = answer(request, DONE, own);
        format.set(answer, 49, IsoCurrencies.number(currency));
        return answer;
    }

    private String told(long amount, String currency) {
        return Long.toString(currencies.told(amount, currency));
    }

    private IsoMessage answer(IsoRequest request, String code, Map<String, String> own) {
        IsoMessage answer = format.message(request.answer());
        for (int field : REPEATED) {
            format.set(answer, field, request.field(field));
        }
        format.set(answer, 39, code);
        if (!own.isEmpty()) {
            format.set(answer, 48, PrivateData.write(own));
        }
        return answer;
    }

    static String of(DeclineCode code) {
        return switch (code) {
            case ALREADY_REVERSED -> "21";
            case NOT_FOUND -> NOT_FOUND;
            case AMOUNT_TOO_HIGH, CURRENCY -> "13";
            case NOT_CAPTURED -> "12";
            case ALREADY_CAPTURED -> "94";
            case ALREADY_SETTLED -> "79";
            case KEY_REUSED -> "77";
            case TRY_LATER -> "91";
        };
    }

    /** Another answer that passes for that of this request at first sight. */
    IsoMessage disguised(IsoMessage other, IsoRequest request) {
        IsoMessage disguised = format.message(request.answer());
        for (int field : new int[] {3, 4, 32, 37, 39, 42, 48, 49, 63, 90}) {
            format.set(disguised, field, IsoFormat.get(other, field));
        }
        for (int field : new int[] {7, 11, 41}) {
            format.set(disguised, field, request.field(field));
        }
        return disguised;
    }
}
