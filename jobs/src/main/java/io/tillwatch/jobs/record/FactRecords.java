package io.tillwatch.jobs.record;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes facts of decoded records. It does not judge them: see {@link io.tillwatch.rules.admission.Admission}. */
public final class FactRecords {

    private FactRecords() {}

    /**
     * The fact that a record of a feed says.
     *
     * @param record a record of one of the six feeds; of another type is a bug
     * @param arrivedAtMillis when it arrived; of a suspicion, when it was found
     */
    public static Fact fact(SpecificRecordBase record, long arrivedAtMillis) {
        if (record instanceof io.tillwatch.schemas.record.Authorization a) {
            return authorization(a, arrivedAtMillis);
        } else if (record instanceof io.tillwatch.schemas.record.Capture c) {
            return capture(c, arrivedAtMillis);
        } else if (record instanceof io.tillwatch.schemas.record.Settlement s) {
            return settlement(s, arrivedAtMillis);
        } else if (record instanceof io.tillwatch.schemas.record.Reversal r) {
            return reversal(r, arrivedAtMillis);
        } else if (record instanceof io.tillwatch.schemas.record.Outcome o) {
            return outcome(o, arrivedAtMillis);
        } else if (record instanceof io.tillwatch.schemas.record.Suspicion s) {
            return suspicion(s, arrivedAtMillis);
        }
        throw new IllegalArgumentException(record.getSchema().getName() + " is a record of no feed");
    }

    private static Authorization authorization(io.tillwatch.schemas.record.Authorization a, long arrivedAtMillis) {
        return new Authorization(
                new FeedRecord.Common(
                        a.getEventId(),
                        a.getPaymentId(),
                        a.getOccurredAt().toEpochMilli(),
                        arrivedAtMillis,
                        a.getAcquirerId(),
                        a.getMerchantId(),
                        a.getTerminalId(),
                        a.getAmount(),
                        a.getCurrency(),
                        a.getResponseCode()),
                Authorization.Kind.valueOf(a.getKind().name()),
                Authorization.Status.valueOf(a.getStatus().name()),
                Authorization.CaptureMode.valueOf(a.getCaptureMode().name()),
                a.getCardToken(),
                a.getAuthCode(),
                a.getStan(),
                a.getRrn());
    }

    private static Capture capture(io.tillwatch.schemas.record.Capture c, long arrivedAtMillis) {
        return new Capture(
                new FeedRecord.Common(
                        c.getEventId(),
                        c.getPaymentId(),
                        c.getOccurredAt().toEpochMilli(),
                        arrivedAtMillis,
                        c.getAcquirerId(),
                        c.getMerchantId(),
                        c.getTerminalId(),
                        c.getAmount(),
                        c.getCurrency(),
                        c.getResponseCode()),
                c.getCaptureId(),
                Capture.Status.valueOf(c.getStatus().name()),
                c.getLast());
    }

    private static Settlement settlement(io.tillwatch.schemas.record.Settlement s, long arrivedAtMillis) {
        return new Settlement(
                new FeedRecord.Common(
                        s.getEventId(),
                        s.getPaymentId(),
                        s.getOccurredAt().toEpochMilli(),
                        arrivedAtMillis,
                        s.getAcquirerId(),
                        s.getMerchantId(),
                        s.getTerminalId(),
                        s.getAmount(),
                        s.getCurrency(),
                        s.getResponseCode()),
                s.getSettlementId(),
                s.getCaptureId(),
                Settlement.Status.valueOf(s.getStatus().name()),
                s.getFee(),
                s.getBatchId());
    }

    private static Reversal reversal(io.tillwatch.schemas.record.Reversal r, long arrivedAtMillis) {
        return new Reversal(
                new FeedRecord.Common(
                        r.getEventId(),
                        r.getPaymentId(),
                        r.getOccurredAt().toEpochMilli(),
                        arrivedAtMillis,
                        r.getAcquirerId(),
                        r.getMerchantId(),
                        r.getTerminalId(),
                        r.getAmount(),
                        r.getCurrency(),
                        r.getResponseCode()),
                r.getReversalId(),
                Reversal.Kind.valueOf(r.getKind().name()),
                Reversal.Status.valueOf(r.getStatus().name()),
                r.getCaptureId(),
                r.getCommandId(),
                r.getCardToken(),
                r.getOriginalAmount());
    }

    private static Outcome outcome(io.tillwatch.schemas.record.Outcome o, long arrivedAtMillis) {
        return new Outcome(
                o.getEventId(),
                o.getCommandId(),
                o.getPaymentId(),
                o.getOccurredAt().toEpochMilli(),
                arrivedAtMillis,
                Outcome.Result.valueOf(o.getResult().name()),
                o.getAmount(),
                o.getCurrency(),
                o.getCaptureId(),
                o.getDetail());
    }

    private static Suspicion suspicion(io.tillwatch.schemas.record.Suspicion s, long arrivedAtMillis) {
        return new Suspicion(
                s.getEventId(),
                s.getPaymentId(),
                s.getOfPaymentId(),
                s.getOccurredAt().toEpochMilli(),
                arrivedAtMillis,
                Suspicion.Confidence.valueOf(s.getConfidence().name()));
    }
}
