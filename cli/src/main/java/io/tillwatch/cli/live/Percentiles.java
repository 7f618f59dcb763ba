package io.tillwatch.cli.live;

import java.util.Arrays;

/** Percentiles of measured milliseconds. */
public record Percentiles(long count, long p50, long p99, long p999, long max) {

    public static Percentiles of(long[] millis) {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }

    public String json() {
        return String.format("{\"count\":%d,\"p50\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d}", count, p50, p99, p999, max);
    }
}
