package io.tillwatch.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Says which process a part is. A number alone would be another process's some day, so it holds when that began, too. */
final class PidFile {

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, process.pid() + " " + began(process) + System.lineSeparator());
        } catch (IOException e) {
            throw new ClusterException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whether it was started, and not brought down since. */
    boolean exists() {
        return Files.exists(file);
    }

    /** The process, if it runs. */
    Optional<ProcessHandle> running() {
        try {
            if (!exists()) {
                return Optional.empty();
            }
            String[] words = Files.readString(file).strip().split(" ", 2);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> words.length > 1 && began(process).equals(words[1]));
        } catch (IOException | NumberFormatException beingWritten) {
            return Optional.empty();
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
