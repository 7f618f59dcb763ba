package io.tillwatch.serving.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** Amounts as people read them: exactly the digits of their currency, nothing rounded. */
public final class Money {

    private Money() {}

    /**
     * An amount with its currency, such as {@code 1,234.50 EUR}, {@code 1,234 JPY} or {@code 1.234 KWD}.
     *
     * @param minorUnits in the currency's minor units
     */
    public static String of(long minorUnits, String currency, Locale locale) {
        return of(BigInteger.valueOf(minorUnits), currency, locale);
    }

    /** The same of a sum, which may be larger. */
    public static String of(BigInteger minorUnits, String currency, Locale locale) {
        return figure(minorUnits, currency, locale) + " " + currency;
    }

    /** The amount alone. */
    public static String figure(long minorUnits, String currency, Locale locale) {
        return figure(BigInteger.valueOf(minorUnits), currency, locale);
    }

    private static String figure(BigInteger minorUnits, String currency, Locale locale) {
        int digits = digits(currency);
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(new BigDecimal(minorUnits, digits));
    }

    /** A currency that the JDK does not know, or that has no minor unit, is shown as it was sent. */
    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
