package io.tillwatch.rules.admission;

import io.tillwatch.rules.admission.Refusal.Code;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import java.time.Duration;

/**
 * Looks a decoded record over before it is let in. Total: it answers for every record, and names the first thing that is
 * wrong, card numbers before all else.
 */
public final class Admission {

    /** A record may take this many bytes. */
    public static final int BYTES_MAX = 64 * 1024;

    /** A string may have this many characters, except a detail. */
    public static final int CHARACTERS_MAX = 128;

    /** An outcome's detail may have this many characters. */
    public static final int DETAIL_CHARACTERS_MAX = 1024;

    /** An amount may be this large, in minor units. */
    public static final long AMOUNT_MAX = 1_000_000_000_000L;

    private static final long BEFORE_ARRIVAL_MILLIS_MAX = Duration.ofDays(40).toMillis();
    private static final long AFTER_ARRIVAL_MILLIS_MAX = Duration.ofDays(1).toMillis();

    private Refusal refusal;

    private Admission() {}

    /** Why a record must be refused, or null when it may pass. */
    public static Refusal refusalOf(Fact fact) {
        Admission admission = new Admission();
        if (fact instanceof Authorization a) {
            admission.authorization(a);
        } else if (fact instanceof Capture c) {
            admission.capture(c);
        } else if (fact instanceof Settlement s) {
            admission.settlement(s);
        } else if (fact instanceof Reversal r) {
            admission.reversal(r);
        } else if (fact instanceof Outcome o) {
            admission.outcome(o);
        } else if (fact instanceof Suspicion s) {
            admission.suspicion(s);
        }
        return admission.refusal;
    }

    /** Why a key is no payment id, or null when it is one. */
    public static Refusal refusalOfKey(String key) {
        if (key == null || wrong(key, CHARACTERS_MAX) != null) {
            return new Refusal(Code.UNREADABLE, "key: is no payment id");
        }
        return CardNumbers.ofSchemeWithin(key) ? new Refusal(Code.CARD_NUMBER, "key: holds a card number") : null;
    }

    private void authorization(Authorization a) {
        noCardNumber("cardToken", a.cardToken());
        common(a);
        required("cardToken", a.cardToken());
        optional("authCode", a.authCode());
        optional("stan", a.stan());
        optional("rrn", a.rrn());
        money(a);
        if (!(a.kind() == Authorization.Kind.SALE) && a.automatic()) {
            refuse(Code.BAD_COMBINATION, "captureMode: " + a.kind() + " cannot be AUTOMATIC");
        }
    }

    private void capture(Capture c) {
        common(c);
        required("captureId", c.captureId());
        money(c);
    }

    private void settlement(Settlement s) {
        common(s);
        required("settlementId", s.settlementId());
        required("captureId", s.captureId());
        optional("batchId", s.batchId());
        money(s);
        if (s.fee() < -AMOUNT_MAX || s.fee() > AMOUNT_MAX) {
            refuse(Code.BAD_AMOUNT, "fee: is not in -10^12..10^12");
        }
    }

    private void reversal(Reversal r) {
        noCardNumber("cardToken", r.cardToken());
        common(r);
        required("reversalId", r.reversalId());
        optional("captureId", r.captureId());
        optional("commandId", r.commandId(), DETAIL_CHARACTERS_MAX);
        optional("cardToken", r.cardToken());
        money(r);
        if (r.originalAmount() != null) {
            amount("originalAmount", r.originalAmount(), 1);
        }
    }

    private void outcome(Outcome o) {
        noCardNumber("detail", o.detail());
        required("eventId", o.eventId(), DETAIL_CHARACTERS_MAX);
        required("paymentId", o.paymentId());
        required("commandId", o.commandId(), DETAIL_CHARACTERS_MAX);
        optional("captureId", o.captureId());
        optional("detail", o.detail(), DETAIL_CHARACTERS_MAX);
        amount("amount", o.amount(), 0);
        currency(o.currency());
        time(o);
    }

    private void suspicion(Suspicion s) {
        required("eventId", s.eventId(), DETAIL_CHARACTERS_MAX);
        required("paymentId", s.paymentId());
        optional("ofPaymentId", s.ofPaymentId());
        time(s);
    }

    private void common(FeedRecord r) {
        required("eventId", r.eventId());
        required("paymentId", r.paymentId());
        required("acquirerId", r.acquirerId());
        required("merchantId", r.merchantId());
        optional("terminalId", r.terminalId());
        optional("responseCode", r.responseCode());
    }

    private void money(FeedRecord r) {
        amount("amount", r.amount(), 1);
        currency(r.currency());
        time(r);
    }

    private void noCardNumber(String field, String text) {
        if (CardNumbers.within(text)) {
            refuse(Code.CARD_NUMBER, field + ": holds a card number");
        }
    }

    private void required(String field, String text) {
        required(field, text, CHARACTERS_MAX);
    }

    private void required(String field, String text, int max) {
        if (text == null || text.isEmpty()) {
            refuse(Code.BAD_FIELD, field + ": is empty");
        } else {
            optional(field, text, max);
        }
    }

    private void optional(String field, String text) {
        optional(field, text, CHARACTERS_MAX);
    }

    private void optional(String field, String text, int max) {
        if (text == null || text.isEmpty()) {
            return;
        }
        String wrong = wrong(text, max);
        if (CardNumbers.ofSchemeWithin(text)) {
            refuse(Code.CARD_NUMBER, field + ": holds a card number");
        } else if (wrong != null) {
            refuse(Code.BAD_FIELD, field + ": " + wrong);
        }
    }

    private static String wrong(String text, int max) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > max) {
            return "has " + text.length() + " characters, more than " + max;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return "has a control character";
            }
        }
        return null;
    }

    private void amount(String field, long amount, long min) {
        if (amount < min || amount > AMOUNT_MAX) {
            refuse(Code.BAD_AMOUNT, field + ": is not in " + min + "..10^12");
        }
    }

    private void currency(String currency) {
        if (!Currencies.inUse(currency)) {
            refuse(Code.BAD_CURRENCY, "currency: is no ISO 4217 code in use");
        }
    }

    private void time(Fact fact) {
        long occurredAt = fact.occurredAtMillis();
        long arrivedAt = fact.arrivedAtMillis();
        // Differences that overflow are out of bounds on either side, and come out with the wrong sign.
        long before = arrivedAt - occurredAt;
        boolean overflown = ((arrivedAt ^ occurredAt) & (arrivedAt ^ before)) < 0;
        if (overflown || before > BEFORE_ARRIVAL_MILLIS_MAX) {
            refuse(Code.BAD_TIME, "occurredAt: is more than 40 days before the arrival");
        } else if (before < -AFTER_ARRIVAL_MILLIS_MAX) {
            refuse(Code.BAD_TIME, "occurredAt: is more than 1 day after the arrival");
        }
    }

    private void refuse(Code code, String reason) {
        if (refusal == null) {
            refusal = new Refusal(code, reason);
        }
    }
}
