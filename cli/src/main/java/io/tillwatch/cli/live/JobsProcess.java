package io.tillwatch.cli.live;

import io.tillwatch.jobs.local.LocalJobsMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Both Flink jobs in a process of their own, which can be killed and started again. */
final class JobsProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 10;

    private final List<String> command;
    private final Path log;
    private Process process;

    /**
     * Prepares the process.
     *
     * @param heapMegabytes of the JVM
     * @param arguments of {@link LocalJobsMain}
     */
    JobsProcess(Path log, int heapMegabytes, List<String> arguments) {
        this.log = log;
        this.command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:+UseParallelGC");
        // Flink reaches into the JDK: what this JVM was allowed, that one needs too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(LocalJobsMain.class.getName());
        command.addAll(arguments);
    }

    /** @param more arguments of {@link LocalJobsMain}, which win over those that it was prepared with */
    void start(String... more) {
        try {
            File file = log.toFile();
            List<String> all = new ArrayList<>(command);
            all.addAll(List.of(more));
            process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the jobs cannot be started; their log is " + log, e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The CPU time that it has used since it was started, all of its threads; zero when it does not run. */
    Duration cpu() {
        return process == null
                ? Duration.ZERO
                : process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it as an operator does who will start it again (SIGTERM); gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
