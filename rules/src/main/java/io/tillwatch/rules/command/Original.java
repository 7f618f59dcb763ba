package io.tillwatch.rules.command;

/**
 * What the acquirer needs to find the payment. All but acquirer and merchant may be null.
 *
 * @param counterpartPaymentId for a duplicate, the payment that must still stand
 */
public record Original(
        String acquirerId,
        String merchantId,
        String terminalId,
        String cardToken,
        String stan,
        String rrn,
        String authCode,
        Long authorizedAtMillis,
        String captureId,
        String counterpartPaymentId) {}
