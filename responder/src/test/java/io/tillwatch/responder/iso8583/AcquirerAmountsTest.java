package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquirerAmountsTest {

    private final AcquirerAmounts amounts = new AcquirerAmounts(Map.of("ISK", 2, "KWD", 2, "JPY", 0));

    @ParameterizedTest
    @CsvSource({
        "EUR, 12500, 12500",
        "JPY, 12500, 12500",
        "ISK, 12500, 1250000",
        "ISK, -12500, -1250000",
        "KWD, 12500, 1250",
        "KWD, -12500, -1250",
        "KWD, 12505,",
        "KWD, -1,",
        "ISK, 92233720368547758, 9223372036854775800",
        "ISK, 92233720368547759,",
    })
    void tellsAmountsInTheAcquirersMinorUnits(String currency, long amount, Long told) {
        OptionalLong expected = told == null ? OptionalLong.empty() : OptionalLong.of(told);

        assertThat(amounts.told(amount, currency)).isEqualTo(expected);
        if (told != null) {
            assertThat(amounts.meant(told, currency)).hasValue(amount);
        }
    }

    @Test
    void knowsTheNumberOfEachCurrencyInUse() {
        assertThat(amounts.number("EUR")).contains("978");
        assertThat(amounts.number("AUD")).contains("036");
        assertThat(amounts.code("036")).contains("AUD");
        assertThat(amounts.number("XXX")).isEmpty();
        assertThat(amounts.code("000")).isEmpty();
    }
}
