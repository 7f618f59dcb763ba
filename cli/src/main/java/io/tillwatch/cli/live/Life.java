package io.tillwatch.cli.live;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.record.ReversalStatus;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * One payment's life, planned: what is said of it, and when. Times are milliseconds after its beginning; the records' own
 * times are filled in when they are written.
 */
final class Life {

    /** Makes a record that occurs at a time. */
    interface Written {
        SpecificRecordBase at(Instant occurredAt);
    }

    /** A record that is to be written some time after the beginning. */
    record Planned(long afterMillis, Written written) {}

    private final String paymentId;
    private final String merchantId;
    private final String terminalId;
    private final String cardToken;
    private final String stan;
    private final long amount;
    private final String currency;
    private final List<Planned> planned = new ArrayList<>();

    private int events;

    Life(String paymentId, int number, String cardToken, String stan, long amount, String currency) {
        this(paymentId, "merchant-" + number % 40, "till-" + number % 40, cardToken, stan, amount, currency);
    }

    private Life(
            String paymentId,
            String merchantId,
            String terminalId,
            String cardToken,
            String stan,
            long amount,
            String currency) {
        this.paymentId = paymentId;
        this.merchantId = merchantId;
        this.terminalId = terminalId;
        this.cardToken = cardToken;
        this.stan = stan;
        this.amount = amount;
        this.currency = currency;
    }

    /** Another life with the same card at the same till for the same amount, of which nothing is planned yet. */
    Life like(String otherPaymentId) {
        return new Life(otherPaymentId, merchantId, terminalId, cardToken, stan, amount, currency);
    }

    String paymentId() {
        return paymentId;
    }

    List<Planned> planned() {
        return planned;
    }

    private String acquirerId() {
        return "acquirer-" + Math.floorMod(merchantId.hashCode(), 3);
    }

    private String nextEventId() {
        return paymentId + "-e" + events++;
    }

    private void plan(long afterMillis, Written written) {
        planned.add(new Planned(afterMillis, written));
    }

    Life asked(long after) {
        return authorization(after, AuthorizationKind.SALE, AuthorizationStatus.REQUESTED, CaptureMode.SEPARATE, null);
    }

    Life approved(long after) {
        return authorization(after, AuthorizationKind.SALE, AuthorizationStatus.APPROVED, CaptureMode.SEPARATE, "00");
    }

    Life approvedAtOnce(long after) {
        return authorization(after, AuthorizationKind.SALE, AuthorizationStatus.APPROVED, CaptureMode.AUTOMATIC, "00");
    }

    Life preauthorized(long after) {
        return authorization(
                after, AuthorizationKind.PREAUTH, AuthorizationStatus.APPROVED, CaptureMode.SEPARATE, "00");
    }

    Life declined(long after) {
        return authorization(after, AuthorizationKind.SALE, AuthorizationStatus.DECLINED, CaptureMode.SEPARATE, "51");
    }

    private Life authorization(
            long after, AuthorizationKind kind, AuthorizationStatus status, CaptureMode mode, String code) {
        String eventId = nextEventId();
        plan(
                after,
                occurredAt -> Authorization.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(paymentId)
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(acquirerId())
                        .setMerchantId(merchantId)
                        .setTerminalId(terminalId)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setResponseCode(code)
                        .setKind(kind)
                        .setStatus(status)
                        .setCaptureMode(mode)
                        .setCardToken(cardToken)
                        .setStan(stan)
                        .build());
        return this;
    }

    Life captured(long after, String captureId) {
        return capture(after, captureId, CaptureStatus.ACCEPTED, amount, currency, "00");
    }

    Life captured(long after, String captureId, long otherAmount, String otherCurrency) {
        return capture(after, captureId, CaptureStatus.ACCEPTED, otherAmount, otherCurrency, "00");
    }

    Life captureRefused(long after, String captureId) {
        return capture(after, captureId, CaptureStatus.FAILED, amount, currency, "91");
    }

    private Life capture(
            long after, String captureId, CaptureStatus status, long asked, String in, String responseCode) {
        String eventId = nextEventId();
        plan(
                after,
                occurredAt -> Capture.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(paymentId)
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(acquirerId())
                        .setMerchantId(merchantId)
                        .setTerminalId(terminalId)
                        .setAmount(asked)
                        .setCurrency(in)
                        .setResponseCode(responseCode)
                        .setCaptureId(captureId)
                        .setStatus(status)
                        .setLast(true)
                        .build());
        return this;
    }

    Life settled(long after, String captureId) {
        return settlement(after, captureId, SettlementStatus.SETTLED, amount);
    }

    Life settled(long after, String captureId, long otherAmount) {
        return settlement(after, captureId, SettlementStatus.SETTLED, otherAmount);
    }

    Life settlementRefused(long after, String captureId) {
        return settlement(after, captureId, SettlementStatus.REJECTED, amount);
    }

    private Life settlement(long after, String captureId, SettlementStatus status, long paid) {
        String eventId = nextEventId();
        plan(
                after,
                occurredAt -> Settlement.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(paymentId)
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(acquirerId())
                        .setMerchantId(merchantId)
                        .setTerminalId(terminalId)
                        .setAmount(paid)
                        .setCurrency(currency)
                        .setSettlementId(eventId + "-s")
                        .setCaptureId(captureId)
                        .setStatus(status)
                        .setFee(paid / 100)
                        .build());
        return this;
    }

    Life voided(long after, String captureId) {
        return givenBack(after, ReversalKind.VOID, captureId);
    }

    Life refunded(long after) {
        return givenBack(after, ReversalKind.REFUND, null);
    }

    private Life givenBack(long after, ReversalKind kind, String captureId) {
        String eventId = nextEventId();
        plan(
                after,
                occurredAt -> Reversal.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(paymentId)
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(acquirerId())
                        .setMerchantId(merchantId)
                        .setTerminalId(terminalId)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setReversalId(eventId + "-r")
                        .setKind(kind)
                        .setStatus(ReversalStatus.DONE)
                        .setCaptureId(captureId)
                        .setCardToken(cardToken)
                        .setOriginalAmount(amount)
                        .build());
        return this;
    }
}
