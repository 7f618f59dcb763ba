package io.tillwatch.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL server in processes of its own. The data outlive it: a server that was stopped, killed or died is started
 * again with {@link #start()}, or by another object on the same directory, and then has the same port and data. An orderly
 * end of this JVM stops it; one that was left behind by a killed JVM is stopped at the next start on its directory.
 *
 * <p>Works as root too, which PostgreSQL itself refuses: it is then started in a user namespace. All methods may be called
 * from any thread.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration DEAD_WITHIN = Duration.ofSeconds(20);
    private static final Duration PORT_FREE_WITHIN = Duration.ofSeconds(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int TAIL_BYTES_MAX = 4_096;
    /** The library leaves this file in a directory whose programs are all there. */
    private static final String UNPACKED = ".exists";

    private final PostgresSettings settings;
    private final int port;

    private EmbeddedPostgres server;
    private Thread shutdownHook;

    /** Nothing runs yet, but the port is settled: the one asked for, else the one this directory remembers. */
    public PostgresServer(PostgresSettings settings) {
        this.settings = settings;
        this.port = Ports.settle(settings.port(), settings.portFile());
    }

    /**
     * Starts the server and returns when it answers.
     *
     * @throws PostgresException if the port is taken, or it ends or does not answer in time: with the end of its log
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (server != null) {
            throw new IllegalStateException("PostgreSQL on port " + port + " runs already: stop or kill it first");
        }
        endLeftBehind();
        awaitPort();
        long logBytesBefore = sizeOf(settings.logFile());
        try {
            server = startUnpacked();
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            endLeftBehind();
            throw new PostgresException(
                    "PostgreSQL does not start on port " + port + " in " + settings.directory()
                            + ": see that the directory is this user's and the disk has room; the end of its log "
                            + settings.logFile() + ":\n" + tail(logBytesBefore),
                    e);
        }
        shutdownHook = new Thread(this::stop, "stop-postgres-" + port);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** For clients: the database {@code postgres} as the user {@code postgres}, who may do everything. No password. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** As {@link #jdbcUrl()}, of another database. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    /**
     * Makes a database.
     *
     * @param database letters, digits and underscores
     * @return its URL
     * @throws PostgresException if it exists, or the server does not run
     */
    public String createDatabase(String database) {
        if (!database.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "database name " + database + ": give lower-case letters, digits and underscores");
        }
        try {
            execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new PostgresException("cannot make database " + database + " on port " + port, e);
        }
        return jdbcUrl(database);
    }

    public int port() {
        return port;
    }

    public Path logFile() {
        return settings.logFile();
    }

    /** Whether the server's first process exists. */
    public boolean isAlive() {
        return postmaster().isPresent();
    }

    /**
     * The id of the server's first process.
     *
     * @throws IllegalStateException if none runs
     */
    public long pid() {
        return postmaster()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL on port " + port + " does not run"))
                .pid();
    }

    /** Ends all its processes with no chance to tidy up (SIGKILL), and returns when they are dead. */
    public synchronized void kill() {
        postmaster().ifPresent(first -> {
            // The children first known: they notice their parent's death a moment later, and until then hold its
            // memory.
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(first), first.descendants()).collect(Collectors.toList());
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(PostgresServer::awaitEnd);
        });
        close(server);
        removeShutdownHook();
        server = null;
    }

    /** Ends the server in order: whoever is connected is cut off, and what is committed stays. Nothing if none runs. */
    public synchronized void stop() {
        Optional<ProcessHandle> running = postmaster();
        if (server != null && running.isPresent()) {
            writeOut();
        }
        close(server);
        running.ifPresent(PostgresServer::awaitEnd);
        removeShutdownHook();
        server = null;
    }

    /** The same as {@link #stop()}: the data stay, and {@link #start()} is possible again. */
    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres.Builder builder() throws IOException {
        Files.createDirectories(settings.programDirectory());
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(settings.logFile().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(settings.data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(settings.programDirectory().toFile())
                .setPort(port)
                .setPGStartupWait(settings.startWithin())
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setLocaleConfig("locale", "C.UTF-8")
                // It is started with -F, which these undo.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // Several servers on one machine would meet in the directory of the sockets.
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("timezone", "UTC");
        settings.serverSettings().forEach(builder::setServerConfig);
        return builder;
    }

    /** Who was killed while it unpacked the programs has left half of them behind: they are unpacked anew, once. */
    private EmbeddedPostgres startUnpacked() throws IOException {
        try {
            return builder().start();
        } catch (ExceptionInInitializerError e) {
            if (!(e.getCause() instanceof FileAlreadyExistsException)) {
                throw e;
            }
            deleteHalfUnpacked();
            return builder().start();
        }
    }

    private void deleteHalfUnpacked() throws IOException {
        try (DirectoryStream<Path> unpacked =
                Files.newDirectoryStream(settings.programDirectory(), Files::isDirectory)) {
            for (Path directory : unpacked) {
                if (!Files.exists(directory.resolve(UNPACKED))) {
                    try (Stream<Path> files = Files.walk(directory)) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    }
                }
            }
        }
    }

    /** A server of this directory that nobody owns any more is ended: its owner was killed. */
    private void endLeftBehind() {
        postmaster().ifPresent(left -> {
            left.destroy();
            awaitEnd(left);
        });
    }

    private Optional<ProcessHandle> postmaster() {
        Path file = settings.data().resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
            // The file outlives a killed server, and its number may be somebody else's by now.
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false));
        } catch (IOException | RuntimeException beingWritten) {
            return Optional.empty();
        }
    }

    /** So that little is left to be written when it is told to end, for which it is given 5 s. */
    private void writeOut() {
        try {
            execute("CHECKPOINT");
        } catch (SQLException dying) {
            // It writes when it ends, or when it starts again.
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitPort() {
        long start = System.nanoTime();
        while (!Ports.isFree(port)) {
            if (System.nanoTime() - start > PORT_FREE_WITHIN.toNanos()) {
                throw new PostgresException("port " + port
                        + " of 127.0.0.1 is taken: stop what listens there, or configure another port"
                        + (settings.port() == 0 ? " (this one is remembered in " + settings.portFile() + ")" : ""));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        long start = System.nanoTime();
        boolean forced = false;
        while (process.isAlive()) {
            if (!forced && System.nanoTime() - start > DEAD_WITHIN.toNanos()) {
                process.destroyForcibly();
                forced = true;
            } else if (System.nanoTime() - start > 2 * DEAD_WITHIN.toNanos()) {
                throw new PostgresException("process " + process.pid() + " of PostgreSQL goes on "
                        + DEAD_WITHIN.multipliedBy(2) + " after it was told to end");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void close(EmbeddedPostgres server) {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot let go of PostgreSQL's data directory", e);
            }
        }
    }

    private void removeShutdownHook() {
        Thread hook = shutdownHook;
        shutdownHook = null;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // It runs already.
            }
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private String tail(long from) {
        try {
            byte[] all = Files.readAllBytes(settings.logFile());
            int start = (int) Math.max(Math.min(from, all.length), all.length - (long) TAIL_BYTES_MAX);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(it has none)";
        }
    }
}
