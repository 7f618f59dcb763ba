package io.tillwatch.micro;

import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** A healthy payment of three records, with identities of 20 characters, and what the jobs make of it. Not thread-safe. */
final class OnePayment {

    private static final String PAYMENT = "p-micro-000000000001";
    private static final long AT_MILLIS = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
    private static final long APART_MILLIS = 60_000;

    private final byte[] key = PAYMENT.getBytes(StandardCharsets.UTF_8);
    private final SingleObject format = new SingleObject();
    private final RecordReader<Authorization> authorizations =
            RecordReader.ofAny(List.of(format), RecordType.AUTHORIZATION);
    private final RecordReader<Capture> captures = RecordReader.ofAny(List.of(format), RecordType.CAPTURE);
    private final RecordReader<Settlement> settlements = RecordReader.ofAny(List.of(format), RecordType.SETTLEMENT);
    private final Lifecycle lifecycle = new Lifecycle(ResponseCodes.DEFAULT, Policies.fixed(Map.of()), 0);

    private final byte[] authorization = new SingleObject()
            .writer(RecordType.AUTHORIZATION)
            .write(Authorization.newBuilder()
                    .setEventId("a-micro-000000000001")
                    .setPaymentId(PAYMENT)
                    .setOccurredAt(Instant.ofEpochMilli(AT_MILLIS))
                    .setAcquirerId("acquirer-1")
                    .setMerchantId("merchant-0000000017")
                    .setTerminalId("terminal-0000000017")
                    .setAmount(12_500)
                    .setCurrency("EUR")
                    .setResponseCode("00")
                    .setKind(AuthorizationKind.SALE)
                    .setStatus(AuthorizationStatus.APPROVED)
                    .setCaptureMode(CaptureMode.SEPARATE)
                    .setCardToken("tok-micro-0000000001")
                    .setAuthCode("012345")
                    .setStan("012345")
                    .setRrn("626410012345")
                    .build());

    private final byte[] capture = new SingleObject()
            .writer(RecordType.CAPTURE)
            .write(Capture.newBuilder()
                    .setEventId("c-micro-000000000001")
                    .setPaymentId(PAYMENT)
                    .setOccurredAt(Instant.ofEpochMilli(AT_MILLIS + APART_MILLIS))
                    .setAcquirerId("acquirer-1")
                    .setMerchantId("merchant-0000000017")
                    .setTerminalId("terminal-0000000017")
                    .setAmount(12_500)
                    .setCurrency("EUR")
                    .setCaptureId("k-micro-000000000001")
                    .setStatus(CaptureStatus.ACCEPTED)
                    .setLast(true)
                    .build());

    private final byte[] settlement = new SingleObject()
            .writer(RecordType.SETTLEMENT)
            .write(Settlement.newBuilder()
                    .setEventId("s-micro-000000000001")
                    .setPaymentId(PAYMENT)
                    .setOccurredAt(Instant.ofEpochMilli(AT_MILLIS + 2 * APART_MILLIS))
                    .setAcquirerId("acquirer-1")
                    .setMerchantId("merchant-0000000017")
                    .setTerminalId("terminal-0000000017")
                    .setAmount(12_500)
                    .setCurrency("EUR")
                    .setSettlementId("z-micro-000000000001")
                    .setCaptureId("k-micro-000000000001")
                    .setStatus(SettlementStatus.SETTLED)
                    .setFee(125)
                    .setBatchId("batch-2026-09-21")
                    .build());

    /** As the source does with the bytes of a Kafka record: decoded, admitted, made a fact. */
    Inbound decodeAuthorization() {
        return admit(Feed.AUTHORIZATIONS, 0, authorization, authorizations);
    }

    Inbound decodeCapture() {
        return admit(Feed.CAPTURES, 1, capture, captures);
    }

    Inbound decodeSettlement() {
        return admit(Feed.SETTLEMENTS, 2, settlement, settlements);
    }

    private Inbound admit(Feed feed, int place, byte[] value, RecordReader<? extends SpecificRecordBase> reader) {
        RecordOrigin origin = new RecordOrigin(feed, 0, place, AT_MILLIS + place * APART_MILLIS);
        return Gate.admit(origin, PAYMENT, key, value, () -> reader.read(value));
    }

    /** The three records in the order of arrival. */
    List<PaymentEvent> events() {
        return List.of(
                decodeAuthorization().event(),
                decodeCapture().event(),
                decodeSettlement().event());
    }

    Facts facts() {
        Facts facts = Facts.NONE;
        for (PaymentEvent event : events()) {
            facts = facts.and(event);
        }
        return facts;
    }

    /** A payment that has taken these, each when the clock had reached it. */
    Payment after(List<PaymentEvent> events) {
        Payment payment = new Payment(PAYMENT);
        for (PaymentEvent event : events) {
            lifecycle.receive(payment, event, event.arrivedAtMillis(), Nothing.CHANGES);
        }
        return payment;
    }

    String paymentId() {
        return PAYMENT;
    }

    /** When all three have arrived and no deadline is left. */
    long clockMillis() {
        return AT_MILLIS + 3 * APART_MILLIS;
    }

    /** A healthy payment changes nothing. */
    private enum Nothing implements Changes {
        CHANGES;

        @Override
        public void alert(Alert alert) {
            throw new IllegalStateException("a healthy payment has raised " + alert.type());
        }

        @Override
        public void command(Command command) {
            throw new IllegalStateException("a healthy payment has ordered " + command.action());
        }

        @Override
        public void duplicateIgnored() {
            throw new IllegalStateException("no record is there twice");
        }

        @Override
        public void forgotten(boolean closed) {
            throw new IllegalStateException("the payment is too young to be forgotten");
        }
    }
}
