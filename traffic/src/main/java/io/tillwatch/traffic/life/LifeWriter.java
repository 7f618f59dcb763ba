package io.tillwatch.traffic.life;

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
import io.tillwatch.traffic.acquirer.AcquirerEvent;
import io.tillwatch.traffic.feed.Flaw;
import io.tillwatch.traffic.truth.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes one life. It has a time of its own, in milliseconds after the life's beginning, which {@link #after} lets pass.
 * Each verb is something that happens at that time: the acquirer is told of it and a feed carries it, unless what follows
 * the verb says otherwise.
 */
final class LifeWriter {

    private static final String DONE = "00";

    private final Purchase purchase;
    private final String eventPrefix;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>(0);
    private final long startAfterMillis;

    private long nowMillis;
    private AuthorizationKind kind = AuthorizationKind.SALE;
    private CaptureMode mode = CaptureMode.SEPARATE;
    private int increments;

    private record Moment(long atMillis, int happening, boolean happens, boolean delivered) {}

    /**
     * A life of which nothing is written yet.
     *
     * @param eventPrefix what the identities of its records begin with
     */
    LifeWriter(Purchase purchase, String eventPrefix, long startAfterMillis) {
        this.purchase = purchase;
        this.eventPrefix = eventPrefix;
        this.startAfterMillis = startAfterMillis;
    }

    // --- time, and what kind of purchase it is ---

    LifeWriter after(long millis) {
        nowMillis += millis;
        return this;
    }

    /** The approval is itself the capture. */
    LifeWriter automatic() {
        mode = CaptureMode.AUTOMATIC;
        return this;
    }

    LifeWriter preauthorization() {
        kind = AuthorizationKind.PREAUTH;
        return this;
    }

    /** The captureId of an approval that is itself the capture. */
    String whole() {
        return purchase.paymentId();
    }

    String captureId(int number) {
        return purchase.paymentId() + "-c" + number;
    }

    long amount() {
        return purchase.amount();
    }

    // --- authorization ---

    LifeWriter request() {
        return base(AuthorizationStatus.REQUESTED, null, null);
    }

    LifeWriter approve() {
        return base(AuthorizationStatus.APPROVED, DONE, AcquirerEvent.Kind.AUTHORIZED);
    }

    LifeWriter decline(String code) {
        return base(AuthorizationStatus.DECLINED, code, AcquirerEvent.Kind.DECLINED);
    }

    private LifeWriter base(AuthorizationStatus status, String code, AcquirerEvent.Kind told) {
        return authorization(kind, status, amount(), code, purchase.stan(), purchase.rrn(), told);
    }

    /** A message of its own, with references of its own. */
    LifeWriter increment(long by) {
        increments++;
        return authorization(
                AuthorizationKind.INCREMENT,
                AuthorizationStatus.APPROVED,
                by,
                DONE,
                increments + purchase.stan().substring(1),
                "8" + increments + purchase.rrn().substring(2),
                AcquirerEvent.Kind.AUTHORIZED);
    }

    private LifeWriter authorization(
            AuthorizationKind of,
            AuthorizationStatus status,
            long amount,
            String code,
            String stan,
            String rrn,
            AcquirerEvent.Kind told) {
        String eventId = nextEventId();
        Till till = purchase.till();
        CaptureMode captureMode = mode;
        String authCode = status == AuthorizationStatus.APPROVED ? purchase.authCode() : null;
        AcquirerEvent event = told == null
                ? null
                : new AcquirerEvent(
                        told,
                        eventId,
                        till.acquirerId(),
                        purchase.paymentId(),
                        till.merchantId(),
                        till.terminalId(),
                        stan,
                        rrn,
                        authCode,
                        null,
                        amount,
                        till.currency(),
                        of.name(),
                        captureMode == CaptureMode.AUTOMATIC,
                        true);
        return happens(
                event,
                occurredAt -> Authorization.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(purchase.paymentId())
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(till.acquirerId())
                        .setMerchantId(till.merchantId())
                        .setTerminalId(till.terminalId())
                        .setAmount(amount)
                        .setCurrency(till.currency())
                        .setResponseCode(code)
                        .setKind(of)
                        .setStatus(status)
                        .setCaptureMode(captureMode)
                        .setCardToken(purchase.cardToken())
                        .setAuthCode(authCode)
                        .setStan(stan)
                        .setRrn(rrn)
                        .build());
    }

    // --- captures and settlements ---

    /** The whole amount is captured, and that is the last of it. */
    LifeWriter capture(String captureId) {
        return capture(captureId, amount(), true);
    }

    LifeWriter capture(String captureId, long amount, boolean last) {
        return capture(captureId, amount, purchase.till().currency(), CaptureStatus.ACCEPTED, last, DONE);
    }

    /** The feed gives another currency than the acquirer took. */
    LifeWriter captureSaidInCurrency(String captureId, String currency) {
        return capture(captureId, amount(), currency, CaptureStatus.ACCEPTED, true, DONE);
    }

    LifeWriter captureFails(String captureId, String code) {
        return capture(captureId, amount(), purchase.till().currency(), CaptureStatus.FAILED, true, code);
    }

    private LifeWriter capture(
            String captureId, long amount, String saidInCurrency, CaptureStatus status, boolean last, String code) {
        String eventId = nextEventId();
        Till till = purchase.till();
        AcquirerEvent event = status == CaptureStatus.ACCEPTED
                ? told(AcquirerEvent.Kind.CAPTURED, eventId, captureId, amount, last)
                : null;
        return happens(
                event,
                occurredAt -> Capture.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(purchase.paymentId())
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(till.acquirerId())
                        .setMerchantId(till.merchantId())
                        .setTerminalId(till.terminalId())
                        .setAmount(amount)
                        .setCurrency(saidInCurrency)
                        .setResponseCode(code)
                        .setCaptureId(captureId)
                        .setStatus(status)
                        .setLast(last)
                        .build());
    }

    LifeWriter settle(String captureId) {
        return settle(captureId, amount());
    }

    LifeWriter settle(String captureId, long amount) {
        return settlement(captureId, amount, SettlementStatus.SETTLED, null);
    }

    LifeWriter settlementFails(String captureId, String code) {
        return settlement(captureId, amount(), SettlementStatus.REJECTED, code);
    }

    private LifeWriter settlement(String captureId, long amount, SettlementStatus status, String code) {
        String eventId = nextEventId();
        Till till = purchase.till();
        AcquirerEvent.Kind told =
                status == SettlementStatus.SETTLED ? AcquirerEvent.Kind.SETTLED : AcquirerEvent.Kind.REJECTED;
        return happens(
                told(told, eventId, captureId, amount, true),
                occurredAt -> Settlement.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(purchase.paymentId())
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(till.acquirerId())
                        .setMerchantId(till.merchantId())
                        .setTerminalId(till.terminalId())
                        .setAmount(amount)
                        .setCurrency(till.currency())
                        .setResponseCode(code)
                        .setSettlementId(eventId + "-s")
                        .setCaptureId(captureId)
                        .setStatus(status)
                        .setFee(amount / 100)
                        .setBatchId(null)
                        .build());
    }

    // --- giving back ---

    /** Undoes a capture, or without one what is held and then what is captured. */
    LifeWriter voided(long amount, String captureId) {
        return giveBack(ReversalKind.VOID, amount, captureId, AcquirerEvent.Kind.REVERSED);
    }

    LifeWriter reversed(long amount) {
        return giveBack(ReversalKind.REVERSAL, amount, null, AcquirerEvent.Kind.REVERSED);
    }

    LifeWriter refunded(long amount) {
        return giveBack(ReversalKind.REFUND, amount, null, AcquirerEvent.Kind.REFUNDED);
    }

    private LifeWriter giveBack(ReversalKind of, long amount, String captureId, AcquirerEvent.Kind told) {
        String eventId = nextEventId();
        Till till = purchase.till();
        return happens(
                told(told, eventId, captureId, amount, true),
                occurredAt -> Reversal.newBuilder()
                        .setEventId(eventId)
                        .setPaymentId(purchase.paymentId())
                        .setOccurredAt(occurredAt)
                        .setAcquirerId(till.acquirerId())
                        .setMerchantId(till.merchantId())
                        .setTerminalId(till.terminalId())
                        .setAmount(amount)
                        .setCurrency(till.currency())
                        .setReversalId(eventId + "-r")
                        .setKind(of)
                        .setStatus(ReversalStatus.DONE)
                        .setCaptureId(captureId)
                        .setCardToken(purchase.cardToken())
                        .setOriginalAmount(amount())
                        .build());
    }

    // --- what becomes of the last happening ---

    /** It happens, and no feed ever tells of it. */
    LifeWriter lost() {
        return replaceLast(new Moment(nowMillis, happenings.size() - 1, true, false));
    }

    /** It happens now, and the feed tells of it later. */
    LifeWriter late(long millis) {
        lost();
        return again(millis);
    }

    /** The feed tells of it once more, later, by the same record. */
    LifeWriter again(long millis) {
        moments.add(new Moment(nowMillis + millis, happenings.size() - 1, false, true));
        return this;
    }

    /** A feed tells of it though it never happened on the acquirer's side. */
    LifeWriter unknownToTheAcquirer() {
        int last = happenings.size() - 1;
        Happening happening = happenings.get(last);
        happenings.set(last, new Happening(null, happening.record(), happening.flaw()));
        return this;
    }

    /** What the feed tells is spoiled, and must be set aside. */
    LifeWriter spoiled(Flaw flaw) {
        int last = happenings.size() - 1;
        Happening happening = happenings.get(last);
        happenings.set(last, new Happening(happening.told(), happening.record(), flaw));
        deadLetters.add(flaw.name());
        return this;
    }

    // --- the end ---

    List<String> deadLetters() {
        return deadLetters;
    }

    /** The life that was written. What is true of it is the caller's to say. */
    Life life(Truth truth) {
        List<Moment> inOrder = new ArrayList<>(moments);
        inOrder.sort(Comparator.comparingLong(Moment::atMillis));
        List<Life.Step> steps = new ArrayList<>(inOrder.size());
        long before = 0;
        for (Moment moment : inOrder) {
            steps.add(new Life.Step(
                    moment.atMillis() - before, moment.happening(), moment.happens(), moment.delivered()));
            before = moment.atMillis();
        }
        return new Life(purchase, truth, startAfterMillis, happenings, steps);
    }

    private LifeWriter happens(AcquirerEvent told, Happening.Written record) {
        happenings.add(new Happening(told, record, null));
        moments.add(new Moment(nowMillis, happenings.size() - 1, true, true));
        return this;
    }

    private LifeWriter replaceLast(Moment moment) {
        moments.set(moments.size() - 1, moment);
        return this;
    }

    private String nextEventId() {
        return eventPrefix + happenings.size();
    }

    private AcquirerEvent told(AcquirerEvent.Kind told, String eventId, String captureId, long amount, boolean last) {
        Till till = purchase.till();
        return new AcquirerEvent(
                told,
                eventId,
                till.acquirerId(),
                purchase.paymentId(),
                till.merchantId(),
                till.terminalId(),
                null,
                null,
                null,
                captureId,
                amount,
                till.currency(),
                null,
                false,
                last);
    }
}
