package io.tillwatch.pulse;

import java.util.OptionalLong;

/**
 * What a pulse writer has done since it was started.
 *
 * @param partitions how many it knows of now
 * @param written pulses that Kafka has acknowledged
 * @param failed pulses that were given up; Kafka may still have one of them, if only its answer was lost
 * @param skipped pulses that were not even tried, because the one before on the same partition was still under way
 * @param lastWrittenMillis when the latest acknowledgement came, by the writer's own clock (epoch); empty before the
 *     first
 */
public record PulseCounts(int partitions, long written, long failed, long skipped, OptionalLong lastWrittenMillis) {}
