package io.tillwatch.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.life.Life;
import io.tillwatch.rules.life.Reading;
import io.tillwatch.rules.life.Told;
import org.junit.jupiter.api.Test;

/** Alerts told ahead of the clock: once, confirmed in silence or put right, and never a command. */
class EarlyAlertsTest {

    private static final String TWICE = "approve 100 auto @0; settle p 100 @1s; settle p 100 @5s;";

    @Test
    void isToldOnceAndConfirmedWithoutAWord() {
        Reading reading = reading(TWICE, 10_000);
        read(reading, TWICE, 0, 1, 2);
        assertThat(reading.told().rows()).containsExactly("5s DUPLICATE_SETTLEMENT:p r1 raised 100");
        reading.wakeUpTo(4_999);
        assertThat(reading.told().commands()).as("commands are never early").isEmpty();
        reading.wakeUpTo(5_000);
        assertThat(reading.told().rows())
                .containsExactly(
                        "5s DUPLICATE_SETTLEMENT:p r1 raised 100",
                        "5s DUPLICATE_SETTLEMENT:p#ADJUST i1 issued -100 POLICY");
    }

    @Test
    void isNotToldWhenTheRecordLiesFarAheadOfTheClock() {
        Reading reading = reading(TWICE, 4_000);
        read(reading, TWICE, 0, 1, 2);
        assertThat(reading.told().rows()).isEmpty();
        reading.wakeUpTo(5_000);
        assertThat(reading.told().rows()).hasSize(2);
    }

    @Test
    void isNeverToldWhenNothingMayBeEarly() {
        Reading reading = reading(TWICE, 0);
        read(reading, TWICE, 0, 1, 2);
        assertThat(reading.told().rows()).isEmpty();
    }

    @Test
    void isPutRightWhenARecordComesInBetweenThatExplainsIt() {
        String text = TWICE + "void 100 @3s sent=500ms; settle p 1 @4s sent=6s";
        Reading reading = reading(text, 10_000);
        read(reading, text, 0, 1, 2);
        assertThat(reading.told().alerts()).hasSize(1);
        reading.read(Life.of(text).events().get(3), 2_000);
        reading.wakeUpTo(5_000);
        assertThat(reading.told().rows())
                .containsExactly("5s DUPLICATE_SETTLEMENT:p r1 raised 100", "5s DUPLICATE_SETTLEMENT:p r2 cleared 100");
        assertThat(reading.told().alerts().get(1).evidence()).isNotNull();
    }

    @Test
    void isPutRightWithTheAmountThatCameToBe() {
        String text = TWICE + "settle p 30 @3s";
        Reading reading = reading(text, 10_000);
        read(reading, text, 0, 1, 2, 3);
        reading.wakeUpTo(5_000);
        assertThat(reading.told().rows())
                .containsExactly(
                        "5s DUPLICATE_SETTLEMENT:p r1 raised 100",
                        "5s DUPLICATE_SETTLEMENT:p r2 raised 130",
                        "5s DUPLICATE_SETTLEMENT:p#ADJUST i1 issued -130 POLICY");
    }

    @Test
    void whatWasTakenBackStillGetsItsCommandWhenItComesAfterAll() {
        String text = TWICE + "void 100 @3s sent=500ms; approve 100 auto @9s; settle p 100 @10s; settle p 100 @11s";
        Reading reading = reading(text, 10_000);
        read(reading, text, 0, 1, 2);
        reading.read(Life.of(text).events().get(3), 2_000);
        reading.wakeUpTo(6_000);
        for (int i = 4; i <= 6; i++) {
            reading.read(Life.of(text).events().get(i), 8_000);
        }
        reading.wakeUpTo(20_000);
        assertThat(reading.told().rows())
                .containsExactly(
                        "5s DUPLICATE_SETTLEMENT:p r1 raised 100",
                        "5s DUPLICATE_SETTLEMENT:p r2 cleared 100",
                        "11s DUPLICATE_SETTLEMENT:p r3 raised 100",
                        "11s DUPLICATE_SETTLEMENT:p#ADJUST i1 issued -100 POLICY");
    }

    @Test
    void noRevisionIsToldTwiceWithDifferentContent() {
        String text = "approve 100 auto @0; settle p 100 @1s; settle p 100 @5s; settle p 100 @6s;"
                + " void 100 @3s sent=500ms";
        Reading reading = reading(text, 10_000);
        read(reading, text, 0, 1, 2, 3);
        assertThat(reading.told().rows())
                .containsExactly("5s DUPLICATE_SETTLEMENT:p r1 raised 100", "6s DUPLICATE_SETTLEMENT:p r2 raised 200");
        reading.read(Life.of(text).events().get(4), 2_000);
        reading.wakeUpTo(10_000);
        assertThat(reading.told().rows().subList(2, 3)).containsExactly("5s DUPLICATE_SETTLEMENT:p r3 cleared 200");
        assertThat(reading.told().alerts()).extracting("revision").doesNotHaveDuplicates();
    }

    @Test
    void ofDeadlinesNothingIsToldEarly() {
        String text = "request r 100 @0; approve 100 @61s";
        Reading reading = reading(text, 100_000);
        read(reading, text, 0, 1);
        assertThat(reading.told().rows()).isEmpty();
        reading.wakeUpTo(61_000);
        assertThat(reading.told().rows()).hasSize(2);
    }

    @Test
    void aRedeliveryIsNotToldAgain() {
        Reading reading = reading(TWICE, 10_000);
        read(reading, TWICE, 0, 1, 2, 2, 1, 0);
        assertThat(reading.told().alerts()).hasSize(1);
        Told told = reading.finish(10_000);
        assertThat(told.alerts()).hasSize(1);
        assertThat(told.duplicates()).isEqualTo(3);
    }

    @Test
    void nothingIsLeftOnceThePaymentIsForgotten() {
        String text = TWICE + "void 100 @3s sent=500ms";
        Reading reading = reading(text, 10_000);
        read(reading, text, 0, 1, 2, 3);
        Told told = reading.finish(Long.MAX_VALUE - 1);
        assertThat(told.forgotten()).hasSize(1);
        assertThat(reading.payment().blank()).isTrue();
        assertThat(reading.payment().memory().early()).isEmpty();
    }

    private static Reading reading(String text, long earlyWithinMillis) {
        return new Reading(Life.of(text), earlyWithinMillis);
    }

    private static void read(Reading reading, String text, int... events) {
        for (int event : events) {
            reading.read(Life.of(text).events().get(event), -1);
        }
    }
}
