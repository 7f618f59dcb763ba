package io.tillwatch.jobs.feed;

import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.FeedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the clock makes of what was read. */
class LogClockTest {

    /** What a generator said. */
    private static final class Said implements WatermarkOutput {
        private final List<Long> clocks = new ArrayList<>();
        private boolean idle;

        @Override
        public void emitWatermark(Watermark watermark) {
            clocks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    private final Said said = new Said();

    @Test
    void standsBeforeTheLastRecordSinceMoreOfItsTimeMayFollow() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.holding());
        clock.onEvent(Inbound.pulse(T0), T0, said);
        assertThat(said.clocks).as("it is passed on at intervals").isEmpty();

        clock.onPeriodicEmit(said);
        assertThat(said.clocks).containsExactly(T0 - 1);
    }

    @Test
    void passesAPulseOnAtOnceWhereTheLogIsReadToAnEnd() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.holdingToTheEnd());
        clock.onEvent(new Inbound(T0 - 9, datedAt(T0), null), T0 - 9, said);
        assertThat(said.clocks).as("a record is passed on at intervals").isEmpty();

        clock.onEvent(Inbound.pulse(T0), T0, said);
        assertThat(said.clocks).containsExactly(T0 - 1);
    }

    @Test
    @DisplayName("a partition of which nothing was read holds the clock, and is never called idle")
    void holdsTheClockUntilSomethingWasRead() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.holding());
        for (int i = 0; i < 1000; i++) {
            clock.onPeriodicEmit(said);
        }

        assertThat(said.clocks).isEmpty();
        assertThat(said.idle).isFalse();
    }

    @Test
    @DisplayName("a record dated 2099 or 1970 moves the clock to its arrival, no further and no less")
    void goesByTheArrivalAndNotByWhatASenderSays() {
        WatermarkStrategy<Inbound> strategy = LogClock.holding();
        WatermarkGenerator<Inbound> clock = generator(strategy);
        for (String date : List.of("2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z")) {
            Inbound dated = new Inbound(T0, datedAt(Instant.parse(date).toEpochMilli()), null);
            assertThat(strategy.createTimestampAssigner(null).extractTimestamp(dated, 5))
                    .isEqualTo(T0);
            clock.onEvent(dated, T0, said);
            clock.onPeriodicEmit(said);
        }

        assertThat(said.clocks).containsExactly(T0 - 1, T0 - 1);
    }

    @Test
    @DisplayName("a pulse moves the clock, and so does a record that was refused")
    void movesWithPulsesAndDeadLetters() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.holding());
        clock.onEvent(Inbound.pulse(T0 + 500), T0 + 500, said);
        clock.onPeriodicEmit(said);
        clock.onEvent(new Inbound(T0 + 700, SHOP.taint("p", T0 + 700), null), T0 + 700, said);
        clock.onPeriodicEmit(said);

        assertThat(said.clocks).containsExactly(T0 + 499, T0 + 699);
    }

    @Test
    void neverGoesBack() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.holding());
        clock.onEvent(Inbound.pulse(T0), T0, said);
        clock.onEvent(Inbound.pulse(T0 - 5000), T0 - 5000, said);
        clock.onPeriodicEmit(said);

        assertThat(said.clocks).containsExactly(T0 - 1);
    }

    @Test
    void doesNotWaitForWhatIsFree() {
        WatermarkGenerator<Inbound> clock = generator(LogClock.free());
        clock.onPeriodicEmit(said);
        clock.onEvent(Inbound.pulse(T0), T0, said);
        clock.onPeriodicEmit(said);

        assertThat(said.clocks).containsOnly(Long.MAX_VALUE);
        assertThat(said.idle).isFalse();
    }

    private static Capture datedAt(long occurredAt) {
        return new Capture(
                new FeedRecord.Common("e", "p", occurredAt, T0, "acq-1", "mer-1", null, 5, "GBP", null),
                "c",
                Capture.Status.ACCEPTED,
                true);
    }

    private static <T> WatermarkGenerator<T> generator(WatermarkStrategy<T> strategy) {
        return strategy.createWatermarkGenerator(null);
    }
}
