package io.tillwatch.query.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * Money of one currency, in its minor units; amounts of different currencies are never added up.
 *
 * @param atRisk what the alerts were about, of each payment the largest amount only
 * @param open the same of what is not resolved
 * @param recovered what was given back or put right
 */
public record Money(String currency, BigInteger atRisk, BigInteger open, BigInteger recovered) {

    public String atRiskText() {
        return text(atRisk);
    }

    public String openText() {
        return text(open);
    }

    public String recoveredText() {
        return text(recovered);
    }

    private String text(BigInteger minorUnits) {
        int digits = digits(currency);
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(new BigDecimal(minorUnits, digits)) + " " + currency;
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
