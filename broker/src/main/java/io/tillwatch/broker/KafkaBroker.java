package io.tillwatch.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker of one node in a process of its own.
 *
 * <p>Records outlive the process: a broker that was stopped, killed or died is started again with {@link #start()},
 * or by another object on the same data directory, and then has the same port and the same topics. The process never
 * outlives this one: an orderly end of this JVM stops it, and it halts by itself when this JVM is killed.
 *
 * <p>All methods may be called from any thread; killing or stopping a broker that is being started fails that start.
 */
public final class KafkaBroker implements AutoCloseable {

    /** A former broker whose parent was killed may need a moment to notice and to let go of the port. */
    private static final Duration PORT_FREE_WITHIN = Duration.ofSeconds(2);

    private static final Duration DEAD_WITHIN = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 25;
    private static final int ASK_MILLIS_MAX = 2_000;

    private final BrokerSettings settings;
    private final BrokerFiles files;
    private final int port;

    private volatile Process process;
    private volatile Thread shutdownHook;

    /**
     * Nothing runs yet, but the port is settled. A port that is asked for wins over the one this data
     * directory remembers, and is remembered in its place.
     */
    public KafkaBroker(BrokerSettings settings) {
        this.settings = settings;
        this.files = new BrokerFiles(settings.dataDirectory());
        int remembered = files.rememberedPort();
        if (settings.port() != 0) {
            this.port = settings.port();
        } else {
            this.port = remembered != 0 ? remembered : Ports.pickFree();
        }
        if (port != remembered) {
            files.rememberPort(port);
        }
    }

    /**
     * Starts the process and returns when it answers.
     *
     * @throws BrokerException if the port is taken, or the broker ends or does not answer in time: with the end of its
     *     log. No process is left behind then
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException("the broker on port " + port + " runs already, as process " + pid());
        }
        awaitPort();
        long logBytesBefore = BrokerFiles.sizeOf(settings.logFile());
        Process started = launch();
        process = started;
        addShutdownHook(started);
        try {
            awaitReady(started, logBytesBefore);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the broker on port " + port + " was starting", e);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    /** What a client is given as {@code bootstrap.servers}; the same for the life of the data directory. */
    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    public Path logFile() {
        return settings.logFile();
    }

    /** Whether the process exists; true of a paused one. */
    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * The id of the process that was started last, even if it is dead by now.
     *
     * @throws IllegalStateException if none was started
     */
    public long pid() {
        return current().pid();
    }

    /** Ends the process with no chance to tidy up (SIGKILL), paused or not, and returns when it is dead. */
    public void kill() {
        Process current = current();
        current.destroyForcibly();
        awaitEnd(current, DEAD_WITHIN);
        removeShutdownHook();
    }

    /** Freezes the process (SIGSTOP): connections stay open and nothing answers. Returns when it has stopped. */
    public void pause() {
        Signals.stop(running().pid());
    }

    /** Lets a paused process go on (SIGCONT); one that is not paused is not disturbed. */
    public void resume() {
        Signals.resume(running().pid());
    }

    /** Ends the process in order, or by force after {@code stopWithin}. Nothing happens if none runs. */
    public void stop() {
        Process current = process;
        if (current != null) {
            stop(current);
            removeShutdownHook();
        }
    }

    /** The same as {@link #stop()}: the data stay, and {@link #start()} is possible again. */
    @Override
    public void close() {
        stop();
    }

    private void stop(Process ending) {
        if (!ending.isAlive()) {
            return;
        }
        // By its handle: Process.destroy() would also close the pipe, and with that make the broker halt at once.
        ending.toHandle().destroy();
        Signals.resume(ending.pid());
        if (!awaitEnd(ending, settings.stopWithin())) {
            ending.destroyForcibly();
            awaitEnd(ending, DEAD_WITHIN);
        }
    }

    private Process current() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("the broker on port " + port + " was never started");
        }
        return current;
    }

    private Process running() {
        Process current = current();
        if (!current.isAlive()) {
            throw new IllegalStateException(
                    "the broker on port " + port + " (process " + current.pid() + ") is dead: start it first");
        }
        return current;
    }

    private void awaitPort() {
        long start = System.nanoTime();
        while (!Ports.isFree(port)) {
            if (System.nanoTime() - start > PORT_FREE_WITHIN.toNanos()) {
                throw new BrokerException("port " + port + " of " + Ports.HOST
                        + " is taken: stop what listens there, or configure another port"
                        + (settings.port() == 0 ? " (this one is remembered in " + files.portsFile() + ")" : ""));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    private Process launch() {
        // Nobody is told the controller's port, so a fresh one each time is as good.
        Path settingsFile = files.writeSettings(port, Ports.pickFree(), settings.kafkaSettings());
        Path arguments = files.writeArguments(
                settingsFile,
                settings.logFile(),
                settings.heapMegabytes(),
                settings.jvmArguments(),
                settings.classPath());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Files.createDirectories(settings.logFile().getParent());
            ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments)
                    .directory(files.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()));
            // Meant for this JVM; some of it, such as a debugger's port, cannot be had twice.
            builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + java + " @" + arguments, e);
        }
    }

    private void awaitReady(Process started, long logBytesBefore) throws InterruptedException {
        long deadline = System.nanoTime() + settings.startWithin().toNanos();
        // Asked only when something listens: the client would complain in this program's log until then.
        while (!Ports.accepts(port)) {
            awaitAMoment(started, deadline, logBytesBefore);
        }
        Map<String, Object> patience = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ASK_MILLIS_MAX,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ASK_MILLIS_MAX);
        try (Admin admin = Admin.create(patience)) {
            while (!answers(admin)) {
                awaitAMoment(started, deadline, logBytesBefore);
            }
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    private void awaitAMoment(Process started, long deadline, long logBytesBefore) throws InterruptedException {
        if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            throw failure("ended with exit code " + started.exitValue() + " before it answered", logBytesBefore);
        }
        if (System.nanoTime() - deadline > 0) {
            throw failure("does not answer within " + settings.startWithin(), logBytesBefore);
        }
    }

    private BrokerException failure(String what, long logBytesBefore) {
        return new BrokerException("the broker on port " + port + " " + what + "; the end of its log "
                + settings.logFile() + ":\n" + BrokerFiles.tail(settings.logFile(), logBytesBefore));
    }

    private static boolean awaitEnd(Process ending, Duration within) {
        try {
            return ending.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void addShutdownHook(Process started) {
        Thread hook = new Thread(() -> stop(started), "stop-broker-" + port);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            shutdownHook = hook;
        } catch (IllegalStateException shuttingDown) {
            started.destroyForcibly();
        }
    }

    private void removeShutdownHook() {
        Thread hook = shutdownHook;
        shutdownHook = null;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // It runs already, and finds a dead process.
            }
        }
    }
}
