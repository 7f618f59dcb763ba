package io.tillwatch.rules.duplicate;

/**
 * What like purchases have in common, as far as a reversal can carry it; the kind is compared among them.
 *
 * @param amount minor units; of a reversal, the amount of the authorization that it undoes
 */
public record LookalikeKey(String cardToken, String merchantId, long amount, String currency) {}
