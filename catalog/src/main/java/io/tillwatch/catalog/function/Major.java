package io.tillwatch.catalog.function;

import java.math.BigDecimal;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code major(amount, currency)}: an amount of minor units as a decimal number of the currency. Exact. */
public final class Major extends ScalarFunction {

    /** As many digits behind the point as any currency has. */
    private static final int SCALE = 4;

    /** The number, or null if either is. */
    @DataTypeHint("DECIMAL(33, 4)")
    public BigDecimal eval(Long amount, String currency) {
        return amount == null || currency == null
                ? null
                : BigDecimal.valueOf(amount, Digits.of(currency)).setScale(SCALE);
    }
}
