package io.tillwatch.cli.demo;

import io.tillwatch.jobs.local.LocalJobsMain;
import java.io.IOException;
import java.io.InputStream;

/**
 * Runs the jobs for as long as the process that started them lives: their standard input is a pipe that only the parent
 * holds, so it ends when the parent does, however that came about.
 */
public final class WithParent {

    private static final int PARENT_IS_GONE = 70;

    private WithParent() {}

    /** The arguments are those of {@link LocalJobsMain}. */
    public static void main(String[] args) throws Exception {
        InputStream heldByParent = System.in;
        Thread watcher = new Thread(
                () -> {
                    awaitEnd(heldByParent);
                    Runtime.getRuntime().halt(PARENT_IS_GONE);
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
        LocalJobsMain.main(args);
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is ever written to it.
            }
        } catch (IOException brokenPipe) {
            // The same news.
        }
    }
}
