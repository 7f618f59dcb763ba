package io.tillwatch.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a server is run. {@link #in(Path)} gives the defaults, the {@code with} methods changed copies.
 *
 * @param directory where the data, the port and the log are kept; made if missing. One running server a directory
 * @param port of 127.0.0.1; 0 picks a free one below 32768 at the first start on this directory, which is then kept
 * @param programDirectory where PostgreSQL is unpacked, about 50 MB; may be shared by many servers of one user
 * @param startWithin how long it may take to answer after its start, recovery of a killed server included
 * @param serverSettings PostgreSQL's own, for example {@code max_connections}
 */
public record PostgresSettings(
        Path directory, int port, Path programDirectory, Duration startWithin, Map<String, String> serverSettings) {

    private static final int PORT_MAX = 65_535;

    /** What a journal rests on; nobody may switch it off. */
    private static final Set<String> SAFETY = Set.of("fsync", "synchronous_commit", "full_page_writes");

    /** @throws IllegalArgumentException naming every value that is out of bounds, with its remedy */
    public PostgresSettings {
        directory = directory.toAbsolutePath().normalize();
        programDirectory = programDirectory.toAbsolutePath().normalize();
        serverSettings = Map.copyOf(serverSettings);
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > PORT_MAX) {
            problems.add("port " + port + " is none: give 1 to " + PORT_MAX + ", or 0 to have a free one picked");
        }
        if (startWithin.isNegative() || startWithin.isZero()) {
            problems.add("startWithin " + startWithin + " leaves no time to start: give a positive duration");
        }
        serverSettings.forEach((name, value) -> {
            if (SAFETY.contains(name)) {
                problems.add(name + " is always on: remove it from the server settings");
            }
            if (!name.matches("[a-z_.]+") || !value.matches("[A-Za-z0-9_.:%-]+")) {
                problems.add("server setting " + name
                        + " has a name or value that cannot be passed on: use letters, digits and _ . : % -");
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** A free port, unpacked into a directory of this user beside the other temporary files, 60 s to start. */
    public static PostgresSettings in(Path directory) {
        Path programs = Path.of(
                System.getProperty("java.io.tmpdir"), "tillwatch-postgres-" + System.getProperty("user.name", "user"));
        return new PostgresSettings(directory, 0, programs, Duration.ofSeconds(60), Map.of());
    }

    public PostgresSettings withPort(int newPort) {
        return new PostgresSettings(directory, newPort, programDirectory, startWithin, serverSettings);
    }

    public PostgresSettings withProgramDirectory(Path newProgramDirectory) {
        return new PostgresSettings(directory, port, newProgramDirectory, startWithin, serverSettings);
    }

    /** Adds one of PostgreSQL's own settings. */
    public PostgresSettings withServerSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(serverSettings);
        more.put(name, value);
        return new PostgresSettings(directory, port, programDirectory, startWithin, more);
    }

    Path data() {
        return directory.resolve("data");
    }

    Path logFile() {
        return directory.resolve("postgres.log");
    }

    Path portFile() {
        return directory.resolve("port");
    }
}
