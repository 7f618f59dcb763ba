package io.tillwatch.query.snapshot;

import io.tillwatch.schemas.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * A directory with the tables. One process at a time brings it up to date; any number ask at once. A question can neither
 * change it nor reach any other file.
 */
public final class Snapshot {

    private static final String FILE = "snapshot.duckdb";

    private final Path directory;
    private final Progress progress;

    /** @param directory of its own; made, for this user alone, if it is missing */
    public Snapshot(Path directory, Progress progress) {
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
    }

    /**
     * Reads what came since the last time, up to now.
     *
     * @param kafka settings of every client
     * @param prefix what the names of topics begin with
     * @param fresh whether to forget what was read before
     * @throws SnapshotException if Kafka does not answer, or the directory cannot be used
     */
    public void bringUpToDate(Map<String, Object> kafka, String prefix, boolean fresh) {
        makeDirectory();
        withLock(false, () -> {
            if (fresh) {
                delete();
            }
            try (DuckDBConnection connection = openOfThisLayout()) {
                new TopicReader(connection, kafka, prefix, progress).read();
            }
            return null;
        });
    }

    /**
     * Asks something of what was read.
     *
     * @param zone in which days begin, and which times are shown in
     * @param exportOrNull the one file that may be written
     * @throws QuestionFailedException if the question is not understood, or fails
     * @throws SnapshotException if nothing was ever read
     */
    public <T> T ask(ZoneId zone, Path exportOrNull, Question<T> question) {
        if (!Files.exists(directory.resolve(FILE))) {
            throw new SnapshotException("nothing was read into " + directory + " yet: ask once with --bootstrap");
        }
        return withLock(true, () -> {
            Properties readOnly = new Properties();
            readOnly.setProperty("duckdb.read_only", "true");
            try (Connection connection = DriverManager.getConnection(url(), readOnly)) {
                confine(connection, zone, exportOrNull);
                return question.ask(connection);
            }
        });
    }

    /** A question, given what may be asked. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private static void confine(Connection connection, ZoneId zone, Path exportOrNull) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = " + quoted(zone.getId()));
            if (exportOrNull != null) {
                statement.execute("SET allowed_paths = ["
                        + quoted(exportOrNull.toAbsolutePath().toString()) + "]");
            }
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    /** As a literal of SQL. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private DuckDBConnection openOfThisLayout() throws SQLException {
        String layout = layout();
        DuckDBConnection connection = open();
        if (layout.equals(layoutOrNull(connection))) {
            return connection;
        }
        boolean old = layoutOrNull(connection) != null;
        connection.close();
        if (old) {
            progress.notice("The snapshot was made by another version: all is read again");
        }
        delete();
        DuckDBConnection made = open();
        made.setAutoCommit(false);
        TopicReader.define(made, layout);
        made.commit();
        made.setAutoCommit(true);
        return made;
    }

    private DuckDBConnection open() {
        try {
            return (DuckDBConnection) DriverManager.getConnection(url());
        } catch (SQLException e) {
            throw new SnapshotException(
                    "the snapshot in " + directory + " cannot be opened: " + e.getMessage()
                            + "\nAsk with --fresh to read all again",
                    e);
        }
    }

    private static String layoutOrNull(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT fingerprint FROM layout")) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            // There is no such table: the file is new.
            return null;
        }
    }

    /** Changes whenever a table or a view does. */
    private static String layout() {
        String all = Arrays.stream(Table.values()).map(Definition::of).collect(Collectors.joining("\n"))
                + String.join("\n", Views.definitions());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private String url() {
        return "jdbc:duckdb:" + directory.resolve(FILE);
    }

    private void delete() {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
            Files.deleteIfExists(directory.resolve(FILE + ".wal"));
        } catch (IOException e) {
            throw new SnapshotException("cannot remove the old snapshot in " + directory + ": " + e.getMessage(), e);
        }
    }

    private void makeDirectory() {
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new SnapshotException(
                    "cannot make the directory " + directory + ": " + e.getMessage() + "; name another with --snapshot",
                    e);
        }
    }

    private interface Locked<T> {
        T run() throws SQLException;
    }

    private <T> T withLock(boolean shared, Locked<T> work) {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileLock lock = lock(channel, shared)) {
            if (!lock.isValid()) {
                throw new IllegalStateException("a lock that was just taken is lost");
            }
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + directory, e);
        } catch (SQLException e) {
            throw new QuestionFailedException(e.getMessage(), e);
        }
    }

    private FileLock lock(FileChannel channel, boolean shared) throws IOException {
        FileLock atOnce = channel.tryLock(0, Long.MAX_VALUE, shared);
        if (atOnce != null) {
            return atOnce;
        }
        progress.notice("Waiting for another process that uses the snapshot");
        return channel.lock(0, Long.MAX_VALUE, shared);
    }
}
