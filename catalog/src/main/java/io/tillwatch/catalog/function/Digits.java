package io.tillwatch.catalog.function;

import java.util.Currency;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code digits(currency)}: how many digits the currency has behind the point; 2 where it is not known. */
public final class Digits extends ScalarFunction {

    private static final int USUAL = 2;

    /** The digits, or null for no currency. */
    public Integer eval(String currency) {
        return currency == null ? null : of(currency);
    }

    static int of(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? USUAL : digits;
        } catch (IllegalArgumentException e) {
            return USUAL;
        }
    }
}
