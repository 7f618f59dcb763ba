package io.tillwatch.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest complete checkpoint or savepoint below a directory. */
final class Checkpoints {

    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /** The newest checkpoint or savepoint, or nothing where none is complete. */
    static Optional<Path> newest(Path directory) {
        return newestFirst(directory).stream().findFirst();
    }

    /** Deletes all complete ones but the newest. */
    static void keepNewest(int kept, Path directory) throws IOException {
        List<Path> all = newestFirst(directory);
        for (Path old : all.subList(Math.min(kept, all.size()), all.size())) {
            // Its metadata first: half a one must never be taken for a whole.
            Files.delete(old.resolve(METADATA));
            try (Stream<Path> files = Files.walk(old)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Path> newestFirst(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, 3)) {
            return files.filter(file -> file.getFileName().toString().equals(METADATA))
                    .sorted(Comparator.comparing(Checkpoints::modified).reversed())
                    .map(Path::getParent)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints in " + directory + " cannot be listed", e);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone meanwhile: not the newest
        }
    }
}
