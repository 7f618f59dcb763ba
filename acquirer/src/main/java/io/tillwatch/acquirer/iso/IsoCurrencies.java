package io.tillwatch.acquirer.iso;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/**
 * Currencies as this acquirer has them: by their numbers, and for some with another number of digits than ISO 4217.
 *
 * @param digits those that differ, by the currency's code
 */
public record IsoCurrencies(Map<String, Integer> digits) {

    public IsoCurrencies {
        digits = Map.copyOf(digits);
    }

    static String number(String code) {
        return String.format(Locale.ROOT, "%03d", Currency.getInstance(code).getNumericCode());
    }

    /** The code of a number: the expected one if it has that number, for some share theirs. */
    static String code(String number, String expected) {
        if (expected != null && number(expected).equals(number)) {
            return expected;
        }
        return Currency.getAvailableCurrencies().stream()
                .filter(c -> number(c.getCurrencyCode()).equals(number))
                .map(Currency::getCurrencyCode)
                .sorted()
                .findFirst()
                .orElse(number);
    }

    /** Minor units as they are told, from those of ISO 4217. */
    long told(long amount, String code) {
        return shifted(amount, shift(code));
    }

    /** Minor units of ISO 4217, from those that were told. */
    long meant(long told, String code) {
        return shifted(told, -shift(code));
    }

    private int shift(String code) {
        Integer own = digits.get(code);
        return own == null ? 0 : own - Currency.getInstance(code).getDefaultFractionDigits();
    }

    private static long shifted(long amount, int digits) {
        return BigDecimal.valueOf(amount).scaleByPowerOfTen(digits).longValueExact();
    }
}
