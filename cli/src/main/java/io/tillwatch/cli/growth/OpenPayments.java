package io.tillwatch.cli.growth;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * The records of payments by their number, with identities of 20 characters. All are healthy, and no deadline of theirs
 * passes while it is measured. Canaries are requests that nobody answers: each is an alert a second later.
 */
public final class OpenPayments {

    static final Duration CANARY_WITHIN = Duration.ofSeconds(1);

    private static final int MERCHANTS = 2_000;
    /** They are bank-0 and so on. */
    public static final int ACQUIRERS = 5;

    private OpenPayments() {}

    /** The default windows, in which a payment stays open for a day; only an answer is due at once. */
    public static Policy policy() {
        return Policy.newBuilder()
                .setScope("*")
                .setAuthorizationResponseWithin(CANARY_WITHIN.toMillis())
                .build();
    }

    public static Authorization authorization(long number, Instant at) {
        return authorization(paymentId(number), number, AuthorizationStatus.APPROVED, "00", at);
    }

    static Authorization canary(String paymentId, long number, Instant at) {
        return authorization(paymentId, number, AuthorizationStatus.REQUESTED, null, at);
    }

    private static Authorization authorization(
            String paymentId, long number, AuthorizationStatus status, String responseCode, Instant at) {
        return Authorization.newBuilder()
                .setEventId("a" + paymentId.substring(1))
                .setPaymentId(paymentId)
                .setOccurredAt(at)
                .setAcquirerId(acquirerId(number))
                .setMerchantId(merchantId(number))
                .setTerminalId(terminalId(number))
                .setAmount(amount(number))
                .setCurrency("EUR")
                .setResponseCode(responseCode)
                .setKind(AuthorizationKind.SALE)
                .setStatus(status)
                .setCaptureMode(CaptureMode.SEPARATE)
                .setCardToken("tok" + paymentId.substring(1))
                .setStan(String.format("%06d", number % 1_000_000))
                .build();
    }

    public static Capture capture(long number, Instant at) {
        return Capture.newBuilder()
                .setEventId("c" + paymentId(number).substring(1))
                .setPaymentId(paymentId(number))
                .setOccurredAt(at)
                .setAcquirerId(acquirerId(number))
                .setMerchantId(merchantId(number))
                .setTerminalId(terminalId(number))
                .setAmount(amount(number))
                .setCurrency("EUR")
                .setCaptureId("k" + paymentId(number).substring(1))
                .setStatus(CaptureStatus.ACCEPTED)
                .setLast(true)
                .build();
    }

    public static Settlement settlement(long number, Instant at) {
        return Settlement.newBuilder()
                .setEventId("s" + paymentId(number).substring(1))
                .setPaymentId(paymentId(number))
                .setOccurredAt(at)
                .setAcquirerId(acquirerId(number))
                .setMerchantId(merchantId(number))
                .setTerminalId(terminalId(number))
                .setAmount(amount(number))
                .setCurrency("EUR")
                .setSettlementId("z" + paymentId(number).substring(1))
                .setCaptureId("k" + paymentId(number).substring(1))
                .setStatus(SettlementStatus.SETTLED)
                .setFee(amount(number) / 100)
                .build();
    }

    private static String paymentId(long number) {
        return String.format("p-growth-%011d", number);
    }

    private static String acquirerId(long number) {
        return "bank-" + number % MERCHANTS % ACQUIRERS;
    }

    private static String merchantId(long number) {
        return "shop-" + number % MERCHANTS;
    }

    private static String terminalId(long number) {
        return "till-" + number % MERCHANTS;
    }

    private static long amount(long number) {
        return 100 + number * 7_919 % 20_000;
    }
}
