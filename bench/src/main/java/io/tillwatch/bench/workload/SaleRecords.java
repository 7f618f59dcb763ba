package io.tillwatch.bench.workload;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import java.time.Duration;
import java.time.Instant;

/** The records of a sale. */
final class SaleRecords {

    private SaleRecords() {}

    static Authorization authorization(Sale s) {
        return Authorization.newBuilder()
                .setEventId("a-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(s.atMillis()))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(s.amount())
                .setCurrency("EUR")
                .setResponseCode("00")
                .setKind(AuthorizationKind.SALE)
                .setStatus(AuthorizationStatus.APPROVED)
                .setCaptureMode(CaptureMode.SEPARATE)
                .setCardToken("tok-" + s.card())
                .setAuthCode(sixDigits(s))
                .setStan(sixDigits(s))
                .setRrn(s.rrn())
                .build();
    }

    static Capture capture(Sale s, long atMillis) {
        return Capture.newBuilder()
                .setEventId("c-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(atMillis))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(s.amount())
                .setCurrency("EUR")
                .setCaptureId("cap-" + s.number())
                .setStatus(CaptureStatus.ACCEPTED)
                .setLast(true)
                .build();
    }

    static Settlement settlement(Sale s, long atMillis, long amount) {
        return Settlement.newBuilder()
                .setEventId("s-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(atMillis))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(amount)
                .setCurrency("EUR")
                .setSettlementId("set-" + s.number())
                .setCaptureId("cap-" + s.number())
                .setStatus(SettlementStatus.SETTLED)
                .setFee(s.amount() / 100)
                .setBatchId("b-" + atMillis / Duration.ofDays(1).toMillis())
                .build();
    }

    private static String sixDigits(Sale s) {
        return String.format("%06d", s.number() % 1_000_000);
    }
}
