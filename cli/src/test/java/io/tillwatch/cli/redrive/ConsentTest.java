package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentTest {

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "' yes ', true", "n, false", "'', false", "yy, false", "sure, false"})
    void isYesAndNothingElse(String answer, boolean given) {
        StringWriter out = new StringWriter();
        assertThat(new Consent(new StringReader(answer + "\n"), new PrintWriter(out)).given("Send 3?"))
                .isEqualTo(given);
        assertThat(out.toString()).isEqualTo("Send 3? [y/N] ");
    }

    @org.junit.jupiter.api.Test
    void isNotGivenByNobody() {
        assertThat(new Consent(new StringReader(""), new PrintWriter(new StringWriter())).given("Send 3?"))
                .isFalse();
    }
}
