package io.tillwatch.bench.contender;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One reading of the whole workload, measured.
 *
 * @param number 1 is cold: the JVM has not compiled what is hot yet
 * @param wallMillis from the submission to the last result
 * @param cpuMillis of all threads of the process, garbage collection and compilation included
 * @param heapPeakMegabytes the most that the heap held, garbage included, since the pass began
 * @param residentPeakMegabytes the most memory that the process had, since it began
 * @param missed how much of what is true, of each detection
 * @param spurious how much of what was found is not true, of each detection
 * @param others results of another kind than the four detections
 */
public record Pass(
        int number,
        long wallMillis,
        long cpuMillis,
        long heapPeakMegabytes,
        long residentPeakMegabytes,
        Tally missed,
        Tally spurious,
        int others) {

    private static final String PREFIX = "pass ";

    /** As the process prints it. */
    public String line() {
        return PREFIX + "number=" + number + " wallMillis=" + wallMillis + " cpuMillis=" + cpuMillis
                + " heapPeakMegabytes=" + heapPeakMegabytes + " residentPeakMegabytes=" + residentPeakMegabytes
                + " missed=" + missed + " spurious=" + spurious + " others=" + others;
    }

    static boolean isLine(String text) {
        return text.startsWith(PREFIX);
    }

    static Pass parse(String line) {
        Map<String, String> values = Arrays.stream(
                        line.substring(PREFIX.length()).split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Pass(
                Integer.parseInt(values.get("number")),
                Long.parseLong(values.get("wallMillis")),
                Long.parseLong(values.get("cpuMillis")),
                Long.parseLong(values.get("heapPeakMegabytes")),
                Long.parseLong(values.get("residentPeakMegabytes")),
                Tally.parse(values.get("missed")),
                Tally.parse(values.get("spurious")),
                Integer.parseInt(values.get("others")));
    }
}
