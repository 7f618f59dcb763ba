package io.tillwatch.acquirer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tillwatch.acquirer.fault.FaultSettings;
import io.tillwatch.acquirer.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The faults that were asked for last, kept beside the ledger: a process that they kill goes on with them. */
public final class FaultFile {

    private static final String FILE = "faults.json";

    private final Path path;
    private final Faults faults;

    /** The faults, and where they are kept. */
    public FaultFile(Path directory, Faults faults) {
        this.path = directory.resolve(FILE);
        this.faults = faults;
    }

    /** What was kept; if nothing was, none, with this seed. */
    public static FaultSettings read(Path directory, long seed) {
        Path path = directory.resolve(FILE);
        try {
            return Files.exists(path)
                    ? Json.readStrictly(Files.readString(path), FaultSettings.class)
                    : FaultSettings.none(seed);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(path + " does not hold faults: delete it, and set them anew", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    FaultSettings settings() {
        return faults.settings();
    }

    synchronized void settings(FaultSettings next) {
        try {
            Path written = Files.writeString(path.resolveSibling(FILE + ".new"), Json.write(next));
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": make room, and check its rights", e);
        }
        faults.settings(next);
    }
}
