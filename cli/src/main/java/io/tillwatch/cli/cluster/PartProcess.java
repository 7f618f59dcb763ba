package io.tillwatch.cli.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A part as a process of this machine, which may have been started by another command than this one. */
final class PartProcess {

    private static final int TAIL_BYTES = 3_000;

    private final Part part;
    private final PidFile pidFile;
    private final Path log;

    PartProcess(Part part, Path directory) {
        this.part = part;
        this.pidFile = new PidFile(directory.resolve("pids").resolve(part.name() + ".pid"));
        this.log = directory.resolve("logs").resolve(part.name() + ".log");
    }

    Part part() {
        return part;
    }

    Path log() {
        return log;
    }

    Optional<ProcessHandle> running() {
        return pidFile.running();
    }

    /** Whether it runs no more though nobody brought it down. */
    boolean hasDied() {
        return pidFile.exists() && running().isEmpty();
    }

    void start() {
        pidFile.write(Launch.detached(part.arguments(), log));
    }

    /** What keeps it from doing its work; nothing when it is ready. */
    Optional<String> problem() throws InterruptedException {
        return running().isEmpty() ? Optional.of("does not run") : part.probe().problem();
    }

    /** Tells it to end, and does not wait. */
    void end() {
        running().ifPresent(ProcessHandle::destroy);
    }

    /** Waits for its end, which is brought about if it does not come in time; false then. */
    boolean awaitEnd(Duration within) throws InterruptedException {
        Optional<ProcessHandle> process = running();
        boolean ended = true;
        if (process.isPresent()) {
            ended = awaitExit(process.get(), within);
            if (!ended) {
                process.get().destroyForcibly();
                awaitExit(process.get(), within);
            }
        }
        pidFile.delete();
        return ended;
    }

    private static boolean awaitExit(ProcessHandle process, Duration within) throws InterruptedException {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be waited for", e);
        }
    }

    /** The end of its log. */
    String tail() {
        return tail(log);
    }

    static String tail(Path log) {
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
}
