package io.tillwatch.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void bothLanguagesSayTheSameThingsAndNameEveryTypeAndCause() {
        Words english = new Words(Words.Language.EN);

        assertThat(new Words(Words.Language.ZH).keys()).isEqualTo(english.keys());
        assertThat(english.keys())
                .containsAll(Stream.concat(
                                Arrays.stream(AlertType.values()).map(type -> "type." + type),
                                Arrays.stream(Cause.values()).map(cause -> "cause." + cause))
                        .toList());
    }

    @Test
    void whatHasNoNameYetIsShownAsItWasSaid() {
        Words chinese = new Words(Words.Language.ZH);

        assertThat(chinese.name(Dimension.TYPE, "OF_A_NEWER_BUILD")).isEqualTo("OF_A_NEWER_BUILD");
        assertThat(chinese.name(Dimension.MERCHANT, "m-1")).isEqualTo("m-1");
        assertThat(chinese.name(Dimension.MERCHANT, null)).isEqualTo("未说明");
    }
}
