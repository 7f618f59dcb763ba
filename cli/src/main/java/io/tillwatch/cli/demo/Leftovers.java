package io.tillwatch.cli.demo;

import io.tillwatch.cli.live.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The directory of a run, and what runs left behind that were killed with no chance to tidy up: their directories, and
 * PostgreSQL, which does not notice its owner's death.
 */
final class Leftovers {

    private static final String PREFIX = "tillwatch-demo";
    private static final String OWNER = "owner.pid";
    private static final long END_WITHIN_SECONDS = 20;

    private Leftovers() {}

    /** A new directory of this process, in the one for temporary files. */
    static Path newDirectory(Path temporary) throws IOException {
        Path directory = Files.createTempDirectory(temporary, PREFIX);
        Files.writeString(
                directory.resolve(OWNER), Long.toString(ProcessHandle.current().pid()));
        return directory;
    }

    /**
     * Where the processes of a run put what is temporary: libraries that they unpack, Flink's working directories. Whoever is
     * killed leaves it there, and it goes with the run's directory.
     */
    static Path ownTemporary(Path directory) {
        return directory.resolve("tmp");
    }

    /** Removes what was left in the directory for temporary files, as far as it can be. */
    static void remove(Path temporary) throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : directories) {
                if (Files.isReadable(directory.resolve(OWNER))
                        && pidIn(directory.resolve(OWNER)).isEmpty()) {
                    left.add(directory);
                }
            }
        }
        for (Path directory : left) {
            pidIn(directory.resolve("postgres").resolve("data").resolve("postmaster.pid"))
                    .filter(Leftovers::isPostgres)
                    .ifPresent(Leftovers::end);
            Directories.delete(directory);
        }
    }

    /** The running process whose number a file's first line is. */
    private static Optional<ProcessHandle> pidIn(Path file) {
        try {
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(file).get(0).strip()))
                            .filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (RuntimeException noNumber) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        process.onExit().orTimeout(END_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }
}
