package io.tillwatch.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    123456              | EUR | 1,234.56 EUR
                    123456              | JPY | 123,456 JPY
                    123456              | KWD | 123.456 KWD
                    -5                  | CNY | -0.05 CNY
                    0                   | EUR | 0.00 EUR
                    9007199254740993    | EUR | 90,071,992,547,409.93 EUR
                    1000000000000000000 | JPY | 1,000,000,000,000,000,000 JPY
                    77                  | XYZ | 77 XYZ
                    77                  | XAU | 77 XAU
                    """)
    void writesAmountsWithTheDigitsOfTheirCurrencyAndRoundsNothing(long minorUnits, String currency, String expected) {
        assertThat(Formats.money(minorUnits, currency, Locale.ENGLISH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UTC              | 2026-03-08 07:00:00
                    Asia/Shanghai    | 2026-03-08 15:00:00
                    America/New_York | 2026-03-08 03:00:00
                    """)
    void writesTimesInTheViewersZoneAlsoWhereAnHourIsLeftOut(String zone, String expected) {
        Instant at = Instant.parse("2026-03-08T07:00:00.123Z");

        assertThat(Formats.time(at, ZoneId.of(zone))).isEqualTo(expected);
        assertThat(Formats.utc(at)).isEqualTo("2026-03-08 07:00:00.123 UTC");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.35S,350 ms",
        "PT45S,45 s",
        "PT2M,2 min",
        "PT2M5S,2 min 5 s",
        "PT3H10M,3 h 10 min",
        "P2DT3H,2 d 3 h",
        "PT-5S,0 ms"
    })
    void saysDurationsAsPeopleDo(Duration duration, String expected) {
        assertThat(Formats.duration(duration, Locale.ENGLISH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.35S,350 毫秒",
        "PT45S,45 秒",
        "PT2M,2 分钟",
        "PT2M5S,2 分钟 5 秒",
        "PT3H10M,3 小时 10 分钟",
        "P2DT3H,2 天 3 小时",
        "PT-5S,0 毫秒"
    })
    void saysDurationsInChineseUnits(Duration duration, String expected) {
        assertThat(Formats.duration(duration, Locale.SIMPLIFIED_CHINESE)).isEqualTo(expected);
    }
}
