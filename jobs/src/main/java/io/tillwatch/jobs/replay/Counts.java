package io.tillwatch.jobs.replay;

import java.util.Map;
import java.util.TreeMap;

/** How many there are of each name. A name of two parts is counted within its first part. */
final class Counts {

    private static final char SEPARATOR = ' ';

    private final Map<String, Object> counts = new TreeMap<>();

    /** A name of two parts. */
    static String name(String first, String second) {
        return first + SEPARATOR + second;
    }

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long more) {
        int separator = name.indexOf(SEPARATOR);
        if (separator < 0) {
            add(counts, name, more);
        } else {
            add(within(name.substring(0, separator)), name.substring(separator + 1), more);
        }
    }

    /** The counts, in the order of the names. */
    Map<String, Object> byName() {
        return counts;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> within(String first) {
        return (Map<String, Object>) counts.computeIfAbsent(first, f -> new TreeMap<String, Object>());
    }

    private static void add(Map<String, Object> to, String name, long more) {
        to.merge(name, more, (a, b) -> (Long) a + (Long) b);
    }
}
