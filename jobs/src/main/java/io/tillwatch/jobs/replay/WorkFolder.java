package io.tillwatch.jobs.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a replay keeps what it works with: a folder beside the results, gone in the end. */
final class WorkFolder {

    private WorkFolder() {}

    /** Deletes it with all that is in it, as far as that goes. */
    static void delete(Path folderOrNull) {
        if (folderOrNull == null || !Files.exists(folderOrNull)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folderOrNull)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // what is left there harms nobody
        }
    }
}
