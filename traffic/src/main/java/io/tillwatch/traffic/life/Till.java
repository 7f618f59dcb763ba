package io.tillwatch.traffic.life;

/**
 * Where a payment is made.
 *
 * @param acquirerId digits, as in DE 32
 * @param merchantId at most 15 characters, as in DE 42
 * @param terminalId at most 8 characters, as in DE 41
 * @param currency ISO 4217, in which the merchant sells
 */
public record Till(String acquirerId, String merchantId, String terminalId, String currency) {}
