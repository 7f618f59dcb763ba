package io.tillwatch.jobs.codec;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the facts of a payment, of version 1. */
final class FactCodecs {

    static final Feed[] FEEDS = Feed.values();
    private static final Authorization.Kind[] AUTHORIZATION_KINDS = Authorization.Kind.values();
    private static final Authorization.Status[] AUTHORIZATION_STATUSES = Authorization.Status.values();
    private static final Authorization.CaptureMode[] CAPTURE_MODES = Authorization.CaptureMode.values();
    private static final Capture.Status[] CAPTURE_STATUSES = Capture.Status.values();
    private static final Settlement.Status[] SETTLEMENT_STATUSES = Settlement.Status.values();
    private static final Reversal.Kind[] REVERSAL_KINDS = Reversal.Kind.values();
    private static final Reversal.Status[] REVERSAL_STATUSES = Reversal.Status.values();
    private static final Outcome.Result[] RESULTS = Outcome.Result.values();
    private static final Suspicion.Confidence[] CONFIDENCES = Suspicion.Confidence.values();

    private static final int TAINT = 127;

    private FactCodecs() {}

    /** Writes one value among others. */
    interface Writer<T> {
        void write(T value, PackedOutput out) throws IOException;
    }

    /** Reads one value among others. */
    interface Reader<T> {
        T read(PackedInput in) throws IOException;
    }

    static <T> void writeList(List<? extends T> values, PackedOutput out, Writer<T> writer) throws IOException {
        int size = values.size();
        out.writeCount(size);
        for (int i = 0; i < size; i++) { // an iterator for each list was a twentieth of all memory
            writer.write(values.get(i), out);
        }
    }

    static <T> List<T> readList(PackedInput in, Reader<T> reader) throws IOException {
        int size = in.readCount();
        if (size == 0) {
            return List.of();
        }
        if (size == 1) {
            return List.of(reader.read(in));
        }
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(reader.read(in));
        }
        return values;
    }

    static void writeEvent(PaymentEvent event, PackedOutput out) throws IOException {
        if (event instanceof Taint t) {
            out.writeByte(TAINT);
            out.writeString(t.paymentId());
            out.writeLong(t.arrivedAtMillis());
            out.writeEnum(t.feed());
            return;
        }
        out.writeEnum(event.feed());
        if (event instanceof Authorization a) {
            writeAuthorization(a, out);
        } else if (event instanceof Capture c) {
            writeCapture(c, out);
        } else if (event instanceof Settlement s) {
            writeSettlement(s, out);
        } else if (event instanceof Reversal r) {
            writeReversal(r, out);
        } else if (event instanceof Outcome o) {
            writeOutcome(o, out);
        } else if (event instanceof Suspicion s) {
            writeSuspicion(s, out);
        }
    }

    static PaymentEvent readEvent(PackedInput in) throws IOException {
        int kind = in.readByte();
        if (kind == TAINT) {
            return new Taint(in.readString(), in.readLong(), in.readEnum(FEEDS));
        }
        return switch (FEEDS[kind]) {
            case AUTHORIZATIONS -> readAuthorization(in);
            case CAPTURES -> readCapture(in);
            case SETTLEMENTS -> readSettlement(in);
            case REVERSALS -> readReversal(in);
            case OUTCOMES -> readOutcome(in);
            case SUSPICIONS -> readSuspicion(in);
        };
    }

    static void writeAuthorization(Authorization a, PackedOutput out) throws IOException {
        writeCommon(a.common(), out);
        out.writeEnum(a.kind());
        out.writeEnum(a.status());
        out.writeEnum(a.captureMode());
        out.writeString(a.cardToken());
        out.writeString(a.authCode());
        out.writeString(a.stan());
        out.writeString(a.rrn());
    }

    static Authorization readAuthorization(PackedInput in) throws IOException {
        return new Authorization(
                readCommon(in),
                in.readEnum(AUTHORIZATION_KINDS),
                in.readEnum(AUTHORIZATION_STATUSES),
                in.readEnum(CAPTURE_MODES),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString());
    }

    static void writeCapture(Capture c, PackedOutput out) throws IOException {
        writeCommon(c.common(), out);
        out.writeString(c.captureId());
        out.writeEnum(c.status());
        out.writeBoolean(c.last());
    }

    static Capture readCapture(PackedInput in) throws IOException {
        return new Capture(readCommon(in), in.readString(), in.readEnum(CAPTURE_STATUSES), in.readBoolean());
    }

    static void writeSettlement(Settlement s, PackedOutput out) throws IOException {
        writeCommon(s.common(), out);
        out.writeString(s.settlementId());
        out.writeString(s.captureId());
        out.writeEnum(s.status());
        out.writeLong(s.fee());
        out.writeString(s.batchId());
    }

    static Settlement readSettlement(PackedInput in) throws IOException {
        return new Settlement(
                readCommon(in),
                in.readString(),
                in.readString(),
                in.readEnum(SETTLEMENT_STATUSES),
                in.readLong(),
                in.readString());
    }

    static void writeReversal(Reversal r, PackedOutput out) throws IOException {
        writeCommon(r.common(), out);
        out.writeString(r.reversalId());
        out.writeEnum(r.kind());
        out.writeEnum(r.status());
        out.writeString(r.captureId());
        out.writeString(r.commandId());
        out.writeString(r.cardToken());
        out.writeOptionalLong(r.originalAmount());
    }

    static Reversal readReversal(PackedInput in) throws IOException {
        return new Reversal(
                readCommon(in),
                in.readString(),
                in.readEnum(REVERSAL_KINDS),
                in.readEnum(REVERSAL_STATUSES),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readOptionalLong());
    }

    static void writeOutcome(Outcome o, PackedOutput out) throws IOException {
        out.writeString(o.eventId());
        out.writeString(o.commandId());
        out.writeString(o.paymentId());
        out.writeLong(o.occurredAtMillis());
        out.writeLong(o.arrivedAtMillis() - o.occurredAtMillis());
        out.writeEnum(o.result());
        out.writeLong(o.amount());
        out.writeString(o.currency());
        out.writeString(o.captureId());
        out.writeString(o.detail());
    }

    static Outcome readOutcome(PackedInput in) throws IOException {
        String eventId = in.readString();
        String commandId = in.readString();
        String paymentId = in.readString();
        long occurredAt = in.readLong();
        return new Outcome(
                eventId,
                commandId,
                paymentId,
                occurredAt,
                occurredAt + in.readLong(),
                in.readEnum(RESULTS),
                in.readLong(),
                in.readString(),
                in.readString(),
                in.readString());
    }

    static void writeSuspicion(Suspicion s, PackedOutput out) throws IOException {
        out.writeString(s.eventId());
        out.writeString(s.paymentId());
        out.writeString(s.ofPaymentId());
        out.writeLong(s.occurredAtMillis());
        out.writeLong(s.arrivedAtMillis() - s.occurredAtMillis());
        out.writeEnum(s.confidence());
    }

    static Suspicion readSuspicion(PackedInput in) throws IOException {
        String eventId = in.readString();
        String paymentId = in.readString();
        String ofPaymentId = in.readString();
        long occurredAt = in.readLong();
        return new Suspicion(
                eventId, paymentId, ofPaymentId, occurredAt, occurredAt + in.readLong(), in.readEnum(CONFIDENCES));
    }

    private static void writeCommon(FeedRecord.Common c, PackedOutput out) throws IOException {
        out.writeString(c.eventId());
        out.writeString(c.paymentId());
        out.writeLong(c.occurredAtMillis());
        out.writeLong(c.arrivedAtMillis() - c.occurredAtMillis());
        out.writeString(c.acquirerId());
        out.writeString(c.merchantId());
        out.writeString(c.terminalId());
        out.writeLong(c.amount());
        out.writeString(c.currency());
        out.writeString(c.responseCode());
    }

    private static FeedRecord.Common readCommon(PackedInput in) throws IOException {
        String eventId = in.readString();
        String paymentId = in.readString();
        long occurredAt = in.readLong();
        return new FeedRecord.Common(
                eventId,
                paymentId,
                occurredAt,
                occurredAt + in.readLong(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readString(),
                in.readString());
    }
}
