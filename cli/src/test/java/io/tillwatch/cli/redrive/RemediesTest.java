package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.process.Home;
import io.tillwatch.rules.admission.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {

    @ParameterizedTest
    @EnumSource(Refusal.Code.class)
    void hasASentenceAndASectionOfThePageForEachCode(Refusal.Code code) throws IOException {
        Letter letter = letter("settlements", code.name());
        assertThat(Remedies.of(letter)).doesNotContain("knows no such code").endsWith(".");
        assertThat(headings()).contains("### " + code.name());
        assertThat(Remedies.section(letter)).isEqualTo(code.name().toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policies", "chargebacks"})
    void saysWhatIsNeverSentBack(String feed) throws IOException {
        assertThat(headings()).contains("### What is never sent back");
        assertThat(Remedies.section(letter(feed, "BAD_FIELD"))).isEqualTo("what-is-never-sent-back");
    }

    private static List<String> headings() throws IOException {
        String home = System.getProperty(Home.PROPERTY, "..");
        return Files.readAllLines(Path.of(home, "docs", "redrive.md")).stream()
                .filter(line -> line.startsWith("###"))
                .toList();
    }

    private static Letter letter(String feed, String error) {
        return new Letter(new LetterId(feed, 0, 1, 2), error, "", null, null);
    }
}
