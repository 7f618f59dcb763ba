package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.replay.ReplayListener.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the jobs over files. Lines are loaded in the order of arrival; a first pass looks for repeated purchases, a second
 * one judges the payments with what the first has found, so that the result is what a live run comes to in the end.
 * The same input gives the same bytes, whatever the parallelism.
 */
public final class ReplayJob {

    private static final String WORK_PREFIX = ".replay-";

    private ReplayJob() {}

    /**
     * Replays. The results are moved into place when all of them are there, the summary last.
     *
     * @return the summary, as it stands in {@code summary.json}
     * @throws ReplayRefusedException if the input cannot be read or the output not be written
     * @throws Exception if the jobs fail: a bug
     */
    public static ReplaySummary run(ReplaySettings settings, ReplayListener listener) throws Exception {
        return run(settings, listener, (input, work) -> {
            listener.begins(Stage.STARTING, () -> 0, 0);
            try (ReplayCluster cluster = ReplayCluster.start(settings.parallelism(), settings.stateBackend(), work)) {
                new ReplayPasses(settings, input, work, cluster).run(listener);
            }
        });
    }

    /** Replays on a cluster that is there already, which must have as many slots as the parallelism. */
    static ReplaySummary run(ReplaySettings settings, ReplayCluster cluster) throws Exception {
        return run(
                settings,
                ReplayListener.NONE,
                (input, work) -> new ReplayPasses(settings, input, work, cluster).run(ReplayListener.NONE));
    }

    private interface Passes {
        void run(Input input, Path work) throws Exception;
    }

    private static ReplaySummary run(ReplaySettings settings, ReplayListener listener, Passes passes) throws Exception {
        List<String> problems = new ArrayList<>(settings.problems());
        InputFiles files = InputFiles.in(settings.in(), problems);
        Path work = workFolder(settings.out(), problems);
        Thread tidier = new Thread(() -> WorkFolder.delete(work));
        Runtime.getRuntime().addShutdownHook(tidier);
        try {
            if (!problems.isEmpty()) {
                throw new ReplayRefusedException(problems);
            }
            Input input = Input.load(files, settings, work, listener);
            passes.run(input, work);
            listener.begins(Stage.WRITING, () -> 0, 0);
            return new ReplayResults(settings, input, work).write();
        } finally {
            WorkFolder.delete(work);
            tryToRemove(tidier);
        }
    }

    private static Path workFolder(Path out, List<String> problems) {
        try {
            Files.createDirectories(out);
            return Files.createTempDirectory(out, WORK_PREFIX);
        } catch (IOException e) {
            problems.add("output folder " + out + " cannot be written ("
                    + e.getClass().getSimpleName() + "): give a folder that you may write to");
            return null;
        }
    }

    private static void tryToRemove(Thread tidier) {
        try {
            Runtime.getRuntime().removeShutdownHook(tidier);
        } catch (IllegalStateException e) {
            // the end has begun; the hook has nothing left to do
        }
    }
}
