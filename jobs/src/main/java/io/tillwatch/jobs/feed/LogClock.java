package io.tillwatch.jobs.feed;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The clock of detection: what has arrived in the log. A partition has been read past a time when a later record of it was
 * read; the clock stands where the slowest partition of the slowest feed stands. There is no idleness: a partition that
 * says nothing holds the clock, which is what pulses are for.
 */
public final class LogClock {

    private LogClock() {}

    /** For feeds whose silence means something: each partition holds the clock at its last record. */
    public static WatermarkStrategy<Inbound> holding() {
        return WatermarkStrategy.<Inbound>forGenerator(context -> new Holding())
                .withTimestampAssigner((inbound, recordTimestamp) -> inbound.arrivedAtMillis());
    }

    /**
     * The same for a log that is read to an end. Days of it may pass between two intervals, the last of them with the end
     * itself: so each pulse is passed on at once, and the clock stands at the last of them when the end comes.
     */
    public static WatermarkStrategy<Inbound> holdingToTheEnd() {
        return WatermarkStrategy.<Inbound>forGenerator(context -> new HoldingToTheEnd())
                .withTimestampAssigner((inbound, recordTimestamp) -> inbound.arrivedAtMillis());
    }

    /** For streams from whose silence nothing is concluded: the clock does not wait for them. */
    public static <T> WatermarkStrategy<T> free() {
        return WatermarkStrategy.forGenerator(context -> new Free<>());
    }

    private static class Holding implements WatermarkGenerator<Inbound> {

        private long readTo = Long.MIN_VALUE;

        @Override
        public void onEvent(Inbound event, long eventTimestamp, WatermarkOutput output) {
            readTo = Math.max(readTo, event.arrivedAtMillis());
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (readTo != Long.MIN_VALUE) {
                output.emitWatermark(new Watermark(readTo - 1)); // more of the same time may follow
            }
        }
    }

    private static final class HoldingToTheEnd extends Holding {

        @Override
        public void onEvent(Inbound event, long eventTimestamp, WatermarkOutput output) {
            super.onEvent(event, eventTimestamp, output);
            if (event.isPulse()) {
                onPeriodicEmit(output);
            }
        }
    }

    private static final class Free<T> implements WatermarkGenerator<T> {

        @Override
        public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
            // its time says nothing about the others
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.emitWatermark(Watermark.MAX_WATERMARK);
        }
    }
}
