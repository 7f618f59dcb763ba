package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VeilTest {

    /** The public test numbers of card schemes, and one of a scheme that the gate does not ask for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "5500 0055 5555 5559",
                "3782-822463-10005",
                "x4111111111111111y",
                "135412345678911"
            })
    void hidesARowThatMayBeACardNumberInATextOrInBytes(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        assertThat(Veil.text(text).replaceAll("[^0-9]", "")).doesNotContain(digits.substring(0, 6));
        assertThat(Veil.dump(bytes(text), 100)).contains("••").doesNotContain(digits.substring(0, 4));
        assertThat(Veil.hex(bytes(text), 100)).contains("••");
    }

    @ParameterizedTest
    @CsvSource({"IBM1047", "UTF-16BE", "UTF-16LE"})
    void hidesItInOtherWritings(String charset) {
        byte[] bytes = "4111111111111111".getBytes(Charset.forName(charset));
        assertThat(Veil.hidden(bytes).cardinality()).isGreaterThanOrEqualTo(bytes.length - 1);
    }

    @Test
    void hidesTwoDigitsAByteAsInIso8583() {
        byte[] bytes = HexFormat.of().parseHex("0200164111111111111111ff");
        assertThat(Veil.hex(bytes, 100)).doesNotContain("4111").endsWith("ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p-1", "settlements:3:1042", "amount: is not in 1..10^12", "4111111111111112", "Zürich 东方"})
    void leavesWhatCannotBeOne(String text) {
        assertThat(Veil.text(text)).isEqualTo(text);
        assertThat(Veil.hidden(bytes(text)).isEmpty()).isTrue();
    }

    @Test
    void takesOutWhatATerminalWouldObey() {
        assertThat(Veil.text("p\u001b[2J-1\n")).isEqualTo("p?[2J-1?");
    }

    @Test
    void looksThroughTheLongestRecordOfNothingButDigits() {
        assertThat(Veil.hidden(bytes("4".repeat(64 * 1024))).cardinality()).isEqualTo(64 * 1024);
    }

    @Test
    void showsBytesAsHexWithTheirTextBeside() {
        assertThat(Veil.dump(bytes("ten bytes\n"), 100))
                .isEqualTo(String.format("000000  74 65 6e 20 62 79 74 65 73 0a %s ten bytes.%n", " ".repeat(18)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
