package io.tillwatch.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of this project in a process of its own. Its standard input is a pipe from this process that nothing is ever
 * written to, so that a program which reads it notices when this process is gone. What it prints is appended to a log, and
 * one line of it may be waited for. All methods may be called from any thread.
 */
public final class ProgramProcess implements AutoCloseable {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final int SIGNAL_SECONDS_MAX = 5;

    private final String name;
    private final Process process;
    private final CountDownLatch readyOrOver = new CountDownLatch(1);
    private volatile Matcher ready;

    /**
     * What is run.
     *
     * @param name as it is called in messages
     * @param log to which its output is appended
     * @param ready what is found in the line by which it says that it is ready
     */
    public record Program(
            String name, String classPath, String mainClass, List<String> jvmOptions, Path log, Pattern ready) {

        public Program {
            jvmOptions = List.copyOf(jvmOptions);
        }

        /** The same with further options of the JVM. */
        public Program with(List<String> moreJvmOptions) {
            List<String> all = new ArrayList<>(jvmOptions);
            all.addAll(moreJvmOptions);
            return new Program(name, classPath, mainClass, all, log, ready);
        }
    }

    private ProgramProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts it, and does not wait. */
    public static ProgramProcess start(Program program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.jvmOptions());
        command.add("-cp");
        command.add(program.classPath());
        command.add(program.mainClass());
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            ProgramProcess started = new ProgramProcess(program.name(), process);
            Thread reader = new Thread(() -> started.read(program), program.name() + "-log");
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(program.name() + " cannot be started", e);
        }
    }

    private void read(Program program) {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter log = new PrintWriter(
                        Files.newBufferedWriter(program.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.println(line);
                log.flush();
                Matcher found = program.ready().matcher(line);
                if (ready == null && found.find()) {
                    ready = found;
                    readyOrOver.countDown();
                }
            }
        } catch (IOException killed) {
            // Its output ended with it.
        } finally {
            readyOrOver.countDown();
        }
    }

    /** What was found when it said that it is ready; empty if it ended before, or did not say so in time. */
    public Optional<Matcher> awaitReady(Duration within) throws InterruptedException {
        boolean known = readyOrOver.await(within.toMillis(), TimeUnit.MILLISECONDS);
        return known ? Optional.ofNullable(ready) : Optional.empty();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for its end; false if it does not come in time. */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of a program that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Ends it with no chance to tidy up (SIGKILL), frozen or not, and returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        awaitDeath();
    }

    /** Freezes it (SIGSTOP): its connections stay open and nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(SIGNAL_SECONDS_MAX, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be sent SIG" + signal + ": it needs a POSIX shell", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitDeath() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it in order, or at once if that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
