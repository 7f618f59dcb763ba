package io.tillwatch.responder.acquirer;

import java.time.Instant;

/**
 * What identifies a payment at its acquirer. All but paymentId, acquirerId and merchantId may be null.
 *
 * @param captureId the capture that it is about; null for the payment or the attempt as a whole
 * @param stan of the attempt (ISO 8583 DE 11)
 * @param rrn of the attempt (DE 37)
 * @param authCode of the approval (DE 38)
 */
public record Target(
        String paymentId,
        String acquirerId,
        String merchantId,
        String terminalId,
        String cardToken,
        String captureId,
        String stan,
        String rrn,
        String authCode,
        Instant authorizedAt) {}
