package io.tillwatch.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of the demo's own. What it prints goes to its log. Its standard input is a pipe that ends with this process, so
 * that it can end by itself when this process is killed.
 */
final class Child implements AutoCloseable {

    private static final long POLL_MILLIS = 50;
    private static final int TAIL_BYTES = 3_000;
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private volatile Process process;
    private volatile boolean closed;

    /**
     * Prepares the process; nothing runs yet.
     *
     * @param name for messages
     * @param arguments of the java command
     * @param log in the directory of the run
     */
    Child(String name, List<String> arguments, Map<String, String> environment, Path log) {
        this.name = name;
        this.command = new ArrayList<>();
        this.command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        this.command.add("-Djava.io.tmpdir=" + Leftovers.ownTemporary(log.getParent()));
        this.command.addAll(arguments);
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    void start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Meant for this JVM; some of it, such as a debugger's port, cannot be had twice.
            builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new DemoFailedException("the " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Waits until it has printed something. */
    void awaitPrinted(String text, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!printed().contains(text)) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DemoFailedException(obituary());
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("the " + name + " is not up within " + within.toSeconds()
                        + " s; the end of its log:\n" + tail());
            }
        }
    }

    private String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it has ended though nobody ended it. */
    boolean hasDied() {
        Process current = process;
        return !closed && current != null && !current.isAlive();
    }

    /** @throws DemoFailedException if it has ended though nobody ended it */
    void failIfDead() {
        if (hasDied()) {
            throw new DemoFailedException(obituary());
        }
    }

    Path log() {
        return log;
    }

    /** How it ended, for people. */
    String obituary() {
        return "the " + name + " ended with exit code " + process.exitValue() + "; the end of its log:\n" + tail();
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(it has none)";
        }
    }

    @Override
    public void close() {
        closed = true;
        Process current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        // By its handle: destroy() would also close the pipe, and with that make it halt at once.
        current.toHandle().destroy();
        try {
            if (!current.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                current.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
