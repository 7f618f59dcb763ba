package io.tillwatch.cli.demo;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as people write them. */
final class Money {

    private Money() {}

    /** {@code 1,234.50}, with as many digits as the currency has. */
    static String text(long minorUnits, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return String.format("%,." + digits + "f", BigDecimal.valueOf(minorUnits, digits));
    }
}
