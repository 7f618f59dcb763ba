package io.tillwatch.cli.demo;

import io.tillwatch.broker.BrokerException;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.cli.process.Home;
import io.tillwatch.postgres.PostgresException;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.traffic.Windows;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.feed.Letters;
import io.tillwatch.traffic.run.FeedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The whole system on this machine, each part in a process of its own: Kafka, the jobs, PostgreSQL, an acquirer, a responder, the
 * console. They are started side by side, each as soon as what it needs is up. Closing it leaves no process behind, whatever was started.
 */
final class DemoSystem implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Path directory;
    private final DemoPorts ports;
    private final Progress progress;
    private final KafkaBroker broker;
    private final PostgresServer postgres;
    private final AcquirerProcess acquirer;
    private final FlinkProcess flink;
    private final ResponderProcess responder;
    private final ConsoleProcess console;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private PulseWriter pulses;
    private boolean closed;

    /**
     * Prepares it; nothing runs yet.
     *
     * @param directory for data and logs
     * @param tokens with which the responder's API can be used, and the metrics be read
     */
    DemoSystem(Home home, Path directory, DemoPorts ports, long seed, List<ApiToken> tokens, Progress progress) {
        this.directory = directory;
        this.ports = ports;
        this.progress = progress;
        // Kafka's own patience with a broker: on a busy machine this one must not be taken for dead.
        this.broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withPort(ports.kafka())
                .withHeapMegabytes(512)
                .withKafkaSetting("broker.session.timeout.ms", "9000")
                .withKafkaSetting("broker.heartbeat.interval.ms", "2000")
                .withJvmArguments(List.of("-Djava.io.tmpdir=" + Leftovers.ownTemporary(directory))));
        this.postgres = new PostgresServer(
                PostgresSettings.in(directory.resolve("postgres")).withPort(ports.postgres()));
        this.acquirer = new AcquirerProcess(home, directory, ports, seed);
        this.flink = new FlinkProcess(directory, ports, broker.bootstrapServers());
        this.responder =
                new ResponderProcess(home, directory, ports, broker.bootstrapServers(), acquirer.uri(), tokens);
        this.console = new ConsoleProcess(home, directory, ports, broker.bootstrapServers(), tokens);
    }

    /**
     * Starts everything and returns when all of it is up.
     *
     * @throws DemoFailedException if a part does not come up; then whatever came up is stopped by {@link #close}
     */
    void start() {
        makeTemporary();
        ExecutorService starting = Executors.newCachedThreadPool();
        try {
            CompletableFuture<Void> kafka = part(starting, "Kafka", broker.bootstrapServers(), broker, broker::start);
            CompletableFuture<Void> database =
                    part(starting, "PostgreSQL", "127.0.0.1:" + ports.postgres(), postgres, postgres::start);
            CompletableFuture<Void> acquirerUp =
                    part(starting, "acquirer simulator", acquirer.uri().toString(), acquirer, acquirer::start);
            CompletableFuture<Void> feeds = kafka.thenRunAsync(this::prepareKafka, starting);
            CompletableFuture<Void> jobs = feeds.thenCompose(
                    prepared -> part(starting, "Flink", flink.uri().toString(), flink, flink::start));
            CompletableFuture<Void> remedies = CompletableFuture.allOf(feeds, database)
                    .thenCompose(prepared ->
                            part(starting, "responder", responder.uri().toString(), responder, responder::start));
            CompletableFuture<Void> pages = CompletableFuture.allOf(feeds, database)
                    .thenCompose(
                            prepared -> part(starting, "console", console.uri().toString(), console, console::start));
            CompletableFuture.allOf(acquirerUp, jobs, remedies, pages).join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        } finally {
            starting.shutdown();
        }
    }

    private void makeTemporary() {
        try {
            Files.createDirectories(Leftovers.ownTemporary(directory));
        } catch (IOException e) {
            throw new DemoFailedException(directory + " cannot be written to: " + e.getMessage(), e);
        }
    }

    private static DemoFailedException failure(Throwable cause) {
        if (cause instanceof DemoFailedException failed) {
            return failed;
        } else if (cause instanceof BrokerException || cause instanceof PostgresException) {
            return new DemoFailedException(cause.getMessage(), cause);
        }
        return new DemoFailedException("the demo does not start: " + cause, cause);
    }

    private interface Starting {
        void start() throws InterruptedException;
    }

    private CompletableFuture<Void> part(
            ExecutorService on, String name, String where, AutoCloseable closing, Starting starting) {
        return CompletableFuture.runAsync(
                () -> {
                    long from = System.nanoTime();
                    progress.starting(name);
                    willClose(closing);
                    try {
                        starting.start();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new DemoFailedException("interrupted while " + name + " was starting", e);
                    }
                    progress.up(name, where, (System.nanoTime() - from) / 1_000_000);
                },
                on);
    }

    /** Creates the topics, says what the policies are, and lets the clock begin. */
    private void prepareKafka() {
        TopicAdmin admin = new TopicAdmin(broker.bootstrapServers());
        try (admin) {
            admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(
                            topic.name(Topic.DEFAULT_PREFIX),
                            Math.min(PARTITIONS, topic.defaultPartitions()),
                            topic.config()))
                    .toList());
        }
        FeedWriter policies = new FeedWriter(kafka(), Topic.DEFAULT_PREFIX);
        try (policies) {
            Letters letters = new Letters();
            for (Policy policy : Windows.policies()) {
                policies.write(letters.of(policy), Written.OR_FAIL);
            }
            policies.flush();
        }
        List<String> pulsed = Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(topic -> topic.name(Topic.DEFAULT_PREFIX))
                .toList();
        pulses = PulseWriter.start(PulseSettings.of(pulsed), kafka(), Clock.systemUTC());
    }

    /** A policy that is not written would make false alerts. */
    private enum Written implements FeedWriter.Delivery {
        OR_FAIL;

        @Override
        public void appended(Letter letter, long atMillis) {
            // as it should be
        }

        @Override
        public void failed(Letter letter, Exception why) {
            throw new DemoFailedException("Kafka does not take the policies: " + why.getMessage(), why);
        }
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Flink's web page. */
    URI flink() {
        return flink.uri();
    }

    /** Where what the jobs count can be read, if it can. */
    Optional<URI> jobsMetrics() {
        return ports.metrics() == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://127.0.0.1:" + ports.metrics() + "/metrics"));
    }

    /** The responder's API. */
    URI responder() {
        return responder.uri();
    }

    /** The console's pages. */
    URI console() {
        return console.uri();
    }

    ResponderApi responderApi() {
        return responder.api();
    }

    /** The acquirer simulator. */
    URI acquirer() {
        return acquirer.uri();
    }

    Path directory() {
        return directory;
    }

    /** What has died though nobody ended it; null as long as all is well. */
    String obituary() {
        if (!broker.isAlive()) {
            return "Kafka has ended; its log is " + broker.logFile();
        } else if (!postgres.isAlive()) {
            return "PostgreSQL has ended; its log is " + postgres.logFile();
        }
        return Stream.of(acquirer.child(), flink.child(), responder.child(), console.child())
                .filter(Child::hasDied)
                .map(Child::obituary)
                .findFirst()
                .orElse(null);
    }

    private synchronized void willClose(AutoCloseable part) {
        if (closed) {
            throw new DemoFailedException("the demo is being ended");
        }
        started.push(part);
    }

    /** Stops all that was started, what was started last first. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pulses != null) {
            pulses.close();
        }
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                progress.say("a part of the demo cannot be stopped: " + e.getMessage());
            }
        }
    }
}
