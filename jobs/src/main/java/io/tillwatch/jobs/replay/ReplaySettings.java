package io.tillwatch.jobs.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a replay is told.
 *
 * @param in the folder of the input: {@code authorizations.jsonl} and so on, or {@code .jsonl.gz}; any may be missing
 * @param out the folder of the results; made if it is missing, results of an earlier replay in it are replaced
 * @param asOfMillis the time up to which is read and reported, milliseconds since the epoch; empty: the latest arrival of
 *     a record that is let in
 * @param parallelism tasks that each step of the jobs is divided among
 * @param stateBackend where payments are kept while they are open
 */
public record ReplaySettings(Path in, Path out, OptionalLong asOfMillis, int parallelism, StateBackend stateBackend) {

    /** More tasks than this in one process only get into each other's way. */
    private static final int PARALLELISM_MAX = 64;

    /** Where state is kept. */
    public enum StateBackend {
        /** On the heap: fastest, some 1.5 kB for each payment that is remembered at one time. */
        HEAP,
        /** In files, for more payments than memory holds. */
        ROCKSDB
    }

    /** The first millisecond that is not a time of our era: in the year 10 889. */
    static final long TIMES_END_MILLIS = 1L << 48;

    /** What is wrong with the numbers, each with its remedy. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (asOfMillis.isPresent() && !inOurEra(asOfMillis.getAsLong())) {
            problems.add("as-of " + asOfMillis.getAsLong()
                    + " is no time from the year 1970 to 10888: give it in milliseconds since the epoch");
        }
        if (parallelism < 1 || parallelism > PARALLELISM_MAX) {
            problems.add("parallelism " + parallelism + " is not in 1.." + PARALLELISM_MAX
                    + ": give as much as there are processors");
        }
        return problems;
    }

    static boolean inOurEra(long millis) {
        return millis >= 0 && millis < TIMES_END_MILLIS;
    }
}
