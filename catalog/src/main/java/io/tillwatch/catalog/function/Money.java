package io.tillwatch.catalog.function;

import java.math.BigDecimal;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code money(amount, currency)}: an amount of minor units as people write it: {@code 25.00 GBP}. */
public final class Money extends ScalarFunction {

    /** The text, or null if either is. */
    public String eval(Long amount, String currency) {
        return amount == null || currency == null
                ? null
                : BigDecimal.valueOf(amount, Digits.of(currency)).toPlainString() + " " + currency;
    }
}
