package io.tillwatch.acquirer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The acquirer simulator in a process of its own. The ledger outlives the process: one that was stopped, killed or died is
 * started again with {@link #start()} and has the same ports. The process never outlives this one.
 *
 * <p>Safe for use by several threads.
 */
public final class AcquirerProcess implements AutoCloseable {

    private static final String MAIN = "io.tillwatch.acquirer.AcquirerMain";
    private static final String HOST = "127.0.0.1";
    private static final Pattern READY = Pattern.compile("(?m)^acquirer ready http=(\\d+) iso=(\\d+)$");
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration DEAD_WITHIN = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Path directory;
    private final Path log;
    private final String classPath;
    private final List<String> arguments;

    private volatile Process process;
    private volatile int httpPort;
    private volatile int isoPort;

    /**
     * Nothing runs yet.
     *
     * @param directory of the ledger; its log goes there too
     * @param classPath the simulator's: its jar and its {@code target/lib}; null is this process's own
     * @param arguments such as {@code --tier acq-3=C}; the directory and the ports are given by this class
     */
    public AcquirerProcess(Path directory, String classPath, List<String> arguments) {
        this.directory = directory;
        this.log = directory.resolve("acquirer.log");
        this.classPath = classPath != null ? classPath : System.getProperty("java.class.path");
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Starts the process and returns when it listens.
     *
     * @throws IllegalStateException if it runs already, or ends or does not listen in time: with the end of its log. No
     *     process is left behind then
     */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException("the acquirer runs already, as process " + process.pid());
        }
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(log);
            process = launch();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the acquirer in " + directory, e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                MAIN,
                "--with-parent",
                "--dir",
                directory.toString(),
                "--host",
                HOST,
                "--http-port",
                Integer.toString(httpPort),
                "--iso-port",
                Integer.toString(isoPort)));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Meant for this process; some of it, such as a debugger's port, cannot be had twice.
        builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        return builder.start();
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            String said = Files.readString(log);
            Matcher ready = READY.matcher(said);
            if (ready.find()) {
                httpPort = Integer.parseInt(ready.group(1));
                isoPort = Integer.parseInt(ready.group(2));
                return;
            }
            if (!isAlive() || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the acquirer "
                        + (isAlive() ? "does not listen within " + READY_WITHIN : "ended before it listened")
                        + "; it said:\n" + said);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    /** Where HTTP is spoken, without a slash at the end; the same after each start. */
    public String httpUrl() {
        return "http://" + HOST + ":" + httpPort;
    }

    public String host() {
        return HOST;
    }

    /** Where ISO 8583 is spoken; the same after each start. */
    public int isoPort() {
        return isoPort;
    }

    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Waits until the process has ended by itself, as the fault {@code kill} makes it do; false if it has not by then. */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        Process current = process;
        return current == null || current.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the process with no chance to tidy up (SIGKILL), and returns when it is dead. */
    public synchronized void kill() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
            awaitDeath(current);
        }
    }

    /** Ends the process in order. The ledger stays. */
    @Override
    public synchronized void close() {
        Process current = process;
        if (current == null) {
            return;
        }
        // By its handle: Process.destroy() would also close the pipe, at the end of which the process halts.
        current.toHandle().destroy();
        if (!awaitDeath(current)) {
            kill();
        }
    }

    private static boolean awaitDeath(Process ending) {
        try {
            return ending.waitFor(DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
