package io.tillwatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Takes the room on disk from a process, and gives it back: from then on each of its writes that would make a file longer
 * than so many bytes fails, as on a disk that is full. Works for any user, on processes that run ({@code prlimit} of
 * util-linux), where a file system of the test's own would have to be mounted.
 */
public final class DiskLimit {

    private DiskLimit() {}

    /** No file of this process and its children grows beyond so many bytes. */
    public static void full(long pid, long bytes) {
        limit(pid, Long.toString(bytes));
    }

    /** There is room again. */
    public static void room(long pid) {
        limit(pid, "unlimited");
    }

    private static void limit(long pid, String soft) {
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        Stream.concat(Stream.of(first), first.descendants()).forEach(process -> {
            // A child may have ended in the meantime; the first must be there.
            int exitCode =
                    run(List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + soft + ":unlimited"));
            if (exitCode != 0 && process.isAlive()) {
                throw new IllegalStateException("prlimit ended with exit code " + exitCode + " for process "
                        + process.pid() + ": it needs util-linux, and a process of the same user");
            }
        });
    }

    private static int run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + " cannot be started: it belongs to util-linux", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
