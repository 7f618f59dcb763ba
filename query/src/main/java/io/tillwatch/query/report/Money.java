package io.tillwatch.query.report;

import java.math.BigInteger;
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
        return io.tillwatch.serving.text.Money.of(minorUnits, currency, Locale.ROOT);
    }
}
