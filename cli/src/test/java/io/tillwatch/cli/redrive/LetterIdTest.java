package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterIdTest {

    private static final LetterId ID = new LetterId("settlements", 3, 1042, 1_772_452_800_000L);

    @Test
    void isFoundAgainByItsText() {
        assertThat(ID.text()).isEqualTo("settlements:3:1042@1772452800000");
        assertThat(LetterId.of(ID.text())).contains(ID);
        assertThat(LetterId.of(ID.place())).as("without its time").isEmpty();
    }

    @Test
    void isMeantByItsPlaceOrByItsPlaceAndTime() {
        assertThat(LetterId.asked("settlements:3:1042").orElseThrow().means(ID)).isTrue();
        assertThat(LetterId.asked(ID.text()).orElseThrow().means(ID)).isTrue();
        assertThat(LetterId.asked("settlements:3:1042@1").orElseThrow().means(ID))
                .as("one that stood there before the topic was made anew")
                .isFalse();
        assertThat(LetterId.asked("captures:3:1042").orElseThrow().means(ID)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "settlements", "settlements:3", "settlements:-1:4", "settlements:3:x", "a b:1:1", "p:1:2@now"
            })
    void isNoOtherText(String text) {
        assertThat(LetterId.asked(text)).isEmpty();
    }

    @Test
    void isOrderedByArrival() {
        assertThat(new LetterId("settlements", 9, 9, 1)).isLessThan(new LetterId("authorizations", 0, 0, 2));
        assertThat(new LetterId("captures", 0, 1, 1)).isLessThan(new LetterId("captures", 0, 2, 1));
    }
}
