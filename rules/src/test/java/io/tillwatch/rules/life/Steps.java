package io.tillwatch.rules.life;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.fact.Taint;

/**
 * Makes the events of a {@link Life}. Verbs:
 *
 * <ul>
 *   <li>{@code request ID AMOUNT}, {@code approve AMOUNT}, {@code decline AMOUNT}: base authorizations of a sale with
 *       separate capture; {@code preauth}, {@code auto}, {@code stan=}, {@code rrn=}, {@code card=}
 *   <li>{@code increment AMOUNT}: an approved increment
 *   <li>{@code capture C AMOUNT}: accepted, the last one unless {@code more}; {@code fail C AMOUNT}: failed
 *   <li>{@code settle C AMOUNT}, {@code reject C AMOUNT}; {@code settlement=} its id
 *   <li>{@code void AMOUNT}, {@code reverse AMOUNT}, {@code refund AMOUNT}: done unless {@code failed}; {@code of=} the
 *       capture, {@code command=} ours that it answers (without the payment), {@code reversal=} its id
 *   <li>{@code outcome COMMAND RESULT AMOUNT}: of one of our commands, without the payment; {@code of=} the capture
 *   <li>{@code suspect CONFIDENCE}: {@code of=} the other payment; {@code taint}: a record was refused
 * </ul>
 *
 * <p>All take {@code id=} for the event id (otherwise e1, e2 and so on), {@code code=}, {@code currency=},
 * {@code acquirer=}, {@code merchant=}, {@code terminal=}, {@code payment=}; a reversal also {@code card=} and
 * {@code original=}, the amount of the authorization that it undoes.
 */
final class Steps {

    static final String PAYMENT = "p";

    private int written;
    private long lastArrivedAt;

    PaymentEvent event(Words words) {
        written++;
        lastArrivedAt = words.arrivedAt(lastArrivedAt);
        return switch (words.verb()) {
            case "request" -> request(words);
            case "approve" -> authorization(words, Authorization.Status.APPROVED);
            case "decline" -> authorization(words, Authorization.Status.DECLINED);
            case "increment" -> increment(words);
            case "capture" -> capture(words, Capture.Status.ACCEPTED);
            case "fail" -> capture(words, Capture.Status.FAILED);
            case "settle" -> settlement(words, Settlement.Status.SETTLED);
            case "reject" -> settlement(words, Settlement.Status.REJECTED);
            case "void" -> reversal(words, Reversal.Kind.VOID);
            case "reverse" -> reversal(words, Reversal.Kind.REVERSAL);
            case "refund" -> reversal(words, Reversal.Kind.REFUND);
            case "outcome" -> outcome(words);
            case "suspect" -> suspicion(words);
            case "taint" -> new Taint(PAYMENT, lastArrivedAt, Feed.SETTLEMENTS);
            default -> throw new IllegalArgumentException("no such verb: " + words.verb());
        };
    }

    private Authorization request(Words words) {
        String id = words.next("event id");
        return authorization(words, common(words, id, words.nextAmount()), Authorization.Status.REQUESTED);
    }

    private Authorization authorization(Words words, Authorization.Status status) {
        return authorization(words, common(words, null, words.nextAmount()), status);
    }

    private static Authorization authorization(Words words, FeedRecord.Common common, Authorization.Status status) {
        return new Authorization(
                common,
                words.flag("preauth") ? Authorization.Kind.PREAUTH : Authorization.Kind.SALE,
                status,
                words.flag("auto") ? Authorization.CaptureMode.AUTOMATIC : Authorization.CaptureMode.SEPARATE,
                words.field("card", "tok-1"),
                words.field("authCode", null),
                words.field("stan", null),
                words.field("rrn", null));
    }

    private Authorization increment(Words words) {
        return new Authorization(
                common(words, null, words.nextAmount()),
                Authorization.Kind.INCREMENT,
                Authorization.Status.APPROVED,
                Authorization.CaptureMode.SEPARATE,
                words.field("card", "tok-1"),
                null,
                null,
                null);
    }

    private Capture capture(Words words, Capture.Status status) {
        String captureId = words.next("capture id");
        return new Capture(common(words, null, words.nextAmount()), captureId, status, !words.flag("more"));
    }

    private Settlement settlement(Words words, Settlement.Status status) {
        String captureId = words.next("capture id");
        String id = words.field("settlement", "s" + written);
        return new Settlement(common(words, null, words.nextAmount()), id, captureId, status, 0, null);
    }

    private Reversal reversal(Words words, Reversal.Kind kind) {
        String id = words.field("reversal", "x" + written);
        String command = words.field("command", null);
        String original = words.field("original", null);
        return new Reversal(
                common(words, null, words.nextAmount()),
                id,
                kind,
                words.flag("failed") ? Reversal.Status.FAILED : Reversal.Status.DONE,
                words.field("of", null),
                command == null ? null : PAYMENT + ':' + command,
                words.field("card", null),
                original == null ? null : Long.valueOf(original));
    }

    private Outcome outcome(Words words) {
        String command = PAYMENT + ':' + words.next("command");
        Outcome.Result result = Outcome.Result.valueOf(words.next("result"));
        FeedRecord.Common common = common(words, null, words.nextAmount());
        return new Outcome(
                common.eventId(),
                command,
                PAYMENT,
                common.occurredAtMillis(),
                common.arrivedAtMillis(),
                result,
                common.amount(),
                common.currency(),
                words.field("of", null),
                null);
    }

    private Suspicion suspicion(Words words) {
        Suspicion.Confidence confidence = Suspicion.Confidence.valueOf(words.next("confidence"));
        return Suspicion.found(PAYMENT, words.field("of", null), lastArrivedAt, confidence);
    }

    private FeedRecord.Common common(Words words, String eventId, long amount) {
        String sent = words.field("sent", null);
        return new FeedRecord.Common(
                eventId != null ? eventId : words.field("id", "e" + written),
                words.field("payment", PAYMENT),
                sent == null ? lastArrivedAt : Times.millis(sent),
                lastArrivedAt,
                words.field("acquirer", "a"),
                words.field("merchant", "m"),
                words.field("terminal", "t"),
                amount,
                words.field("currency", "EUR"),
                words.field("code", null));
    }
}
