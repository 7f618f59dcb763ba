package io.tillwatch.traffic.life;

/**
 * Who pays what, and where.
 *
 * @param cardToken the token that stands for the card
 * @param amount minor units of the till's currency
 * @param stan trace number of the attempt, 6 digits
 * @param rrn reference of the attempt, 12 digits
 * @param authCode what the issuer approves it with, 6 characters
 */
public record Purchase(
        String paymentId, Till till, String cardToken, long amount, String stan, String rrn, String authCode) {

    /** The same card at the same till for the same amount, under another payment and with other references. */
    Purchase repeated(String otherPaymentId, String otherStan, String otherRrn) {
        return new Purchase(otherPaymentId, till, cardToken, amount, otherStan, otherRrn, authCode);
    }

    /** The same at another till. */
    Purchase at(Till other) {
        return new Purchase(paymentId, other, cardToken, amount, stan, rrn, authCode);
    }
}
