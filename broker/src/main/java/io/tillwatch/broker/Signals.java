package io.tillwatch.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The two signals that Java has no call for. Sent with the shell's own kill: a slim image may lack the program. */
final class Signals {

    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Signals() {}

    /** Returns when the process has stopped, not merely been told to, where the system shows that (Linux). */
    static void stop(long pid) {
        send("STOP", pid);
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        long start = System.nanoTime();
        while (Files.exists(stat) && !isStopped(stat)) {
            if (System.nanoTime() - start > WITHIN.toNanos()) {
                throw new BrokerException("process " + pid + " goes on " + WITHIN + " after SIGSTOP");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    static void resume(long pid) {
        send("CONT", pid);
    }

    private static boolean isStopped(Path stat) {
        try {
            String line = Files.readString(stat);
            // pid (name) state …; the name may hold anything, brackets too.
            return line.charAt(line.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }

    private static void send(String signal, long pid) {
        String command = "kill -" + signal + " " + pid;
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.destroyForcibly();
                throw new BrokerException(command + " does not end within " + WITHIN);
            }
            if (shell.exitValue() != 0) {
                throw new BrokerException(command + " failed with exit code " + shell.exitValue());
            }
        } catch (IOException e) {
            throw new BrokerException("cannot run " + command + ": pausing needs a POSIX shell", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted during " + command, e);
        }
    }
}
