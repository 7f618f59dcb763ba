package io.tillwatch.rules.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCodesTest {

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            19 | true  | UNKNOWN
            68 | true  | NETWORK
            90 | true  | ISSUER
            91 | true  | ISSUER
            92 | true  | NETWORK
            96 | true  | ACQUIRER
            98 | true  | NETWORK
            94 | false | ACQUIRER
            97 | false | TERMINAL
            99 | false | TERMINAL
            A0 | false | TERMINAL
            03 | false | OPERATOR
            12 | false | OPERATOR
            13 | false | OPERATOR
            30 | false | OPERATOR
            57 | false | OPERATOR
            58 | false | OPERATOR
            64 | false | OPERATOR
            51 | false | FUNDS
            61 | false | FUNDS
            65 | false | FUNDS
            14 | false | CARD
            33 | false | CARD
            34 | false | CARD
            41 | false | CARD
            43 | false | CARD
            54 | false | CARD
            59 | false | CARD
            62 | false | CARD
            00 | false | UNKNOWN
            05 | false | UNKNOWN
            a0 | false | UNKNOWN
            '' | false | UNKNOWN
            """)
    void saysWhetherToTryAgainAndWhoseFaultItWas(String code, boolean retriable, Cause cause) {
        assertThat(ResponseCodes.DEFAULT.retriable(code)).isEqualTo(retriable);
        assertThat(ResponseCodes.DEFAULT.cause(code)).isEqualTo(cause);
    }

    @Test
    void aNetworkCanHaveATableOfItsOwn() {
        ResponseCodes own = new ResponseCodes(Set.of("Z3"), Map.of(Cause.ISSUER, Set.of("Z3")));
        assertThat(own.retriable("Z3")).isTrue();
        assertThat(own.cause("Z3")).isEqualTo(Cause.ISSUER);
        assertThat(own.retriable("91")).isFalse();
    }
}
