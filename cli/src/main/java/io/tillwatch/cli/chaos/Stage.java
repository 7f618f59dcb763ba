package io.tillwatch.cli.chaos;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ProgramProcess.Program;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** All that a responder needs around it, each in processes of its own: Kafka, PostgreSQL and the acquirers, with their faults on. */
final class Stage implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final PostgresServer postgres;
    private final DatabaseWire wire;
    private final AcquirerProcess acquirers;
    private final AcquirerProcess forgetful;
    private final Program responder;
    private final Path responderFile;
    private final Path classes;

    /**
     * What it is like on the stage.
     *
     * @param faults whether acquirers and the wire to the database go wrong
     * @param exchangesPerSecond that each acquirer's profile allows
     */
    record Conditions(boolean faults, int exchangesPerSecond) {}

    private Stage(Path directory, Home home, long seed, Conditions conditions, Deeds deeds)
            throws InterruptedException {
        this.broker = new KafkaBroker(BrokerSettings.in(directory.resolve("broker"))
                .withQuickStart()
                // So that a dead responder's share of the topics is soon another's.
                .withKafkaSetting("group.min.session.timeout.ms", "1000"));
        this.postgres = new PostgresServer(PostgresSettings.in(directory.resolve("postgres")));
        CompletableFuture<Void> kafka = CompletableFuture.runAsync(() -> {
            broker.start();
            createTopics(broker.bootstrapServers());
        });
        CompletableFuture<Void> database = CompletableFuture.runAsync(postgres::start);
        this.wire = new DatabaseWire(postgres.port(), seed, conditions.faults(), deeds);
        this.acquirers = new AcquirerProcess(
                home,
                "acquirers",
                directory.resolve("acquirers"),
                List.of(
                        "--tier", Bank.HTTP_B.acquirerId() + "=B",
                        "--tier", Bank.HTTP_C.acquirerId() + "=C"),
                deeds);
        this.forgetful = new AcquirerProcess(
                home,
                "forgetful",
                directory.resolve("forgetful"),
                List.of("--key-retention", ChaosSettings.KEYS_KNOWN.toString()),
                deeds);
        kafka.join();
        database.join();
        if (conditions.faults()) {
            side(acquirers).faults(seed, faults(true));
            side(forgetful).faults(seed, faults(false));
        }
        this.responder = new Program(
                "responder",
                home.classPath("responder"),
                "io.tillwatch.responder.ResponderMain",
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                directory.resolve("responder.log"),
                Pattern.compile("responder \\S+ runs"));
        this.classes = directory.resolve("responder.jsa");
        this.responderFile = ResponderFile.write(
                directory.resolve("responder.yaml"),
                broker.bootstrapServers(),
                "jdbc:postgresql://127.0.0.1:" + wire.port() + "/postgres?user=postgres",
                acquirers,
                forgetful,
                conditions.exchangesPerSecond());
    }

    /** Starts all but the responders. */
    static Stage start(Path directory, Home home, long seed, Conditions conditions, Deeds deeds)
            throws InterruptedException {
        return new Stage(directory, home, seed, conditions, deeds);
    }

    private static void createTopics(String bootstrap) {
        TopicAdmin admin = new TopicAdmin(bootstrap);
        try (admin) {
            admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(
                            topic.name(Topic.DEFAULT_PREFIX),
                            Math.min(PARTITIONS, topic.defaultPartitions()),
                            topic.config()))
                    .toList());
        }
    }

    /**
     * Every fault there is, about one exchange in five. A request that the network repeats by itself is spared those who do
     * not recognize repeats: against that nobody can help.
     */
    private static Map<String, Map<String, Object>> faults(boolean kills) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String fault : List.of(
                "dropRequest", "dropAnswer", "halfAnswer", "garbage", "serverError", "wrongAnswer", "decline")) {
            all.put(fault, 0.02);
        }
        all.put("delay", 0.03);
        all.put("delayMillis", ChaosSettings.DELAY.toMillis());
        all.put("duplicate", 0.03);
        all.put("declineCode", "TRY_LATER");
        all.put("lateSettlement", 0.01);
        all.put("kill", kills ? 0.0004 : 0.0);
        Map<String, Object> unrepeated = new LinkedHashMap<>(all);
        unrepeated.put("duplicate", 0.0);
        return Map.of("*", all, Bank.HTTP_B.acquirerId(), unrepeated, Bank.HTTP_C.acquirerId(), unrepeated);
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Of the database itself, without what lies between it and the responders. */
    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    /** The own side of the simulator that plays an acquirer. */
    AcquirerSide side(Bank bank) {
        return side(bank == Bank.FORGETFUL ? forgetful : acquirers);
    }

    List<AcquirerSide> sides() {
        return List.of(side(acquirers), side(forgetful));
    }

    private static AcquirerSide side(AcquirerProcess process) {
        return new AcquirerSide(process.httpPort());
    }

    /** The responder as it is killed: with the classes that {@link #firstResponder} left behind, it starts sooner. */
    Program responder() {
        return responder.with(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + classes, "-Xlog:cds=off"));
    }

    /** A responder that leaves its classes behind for the next ones when it ends in order. */
    Program firstResponder() {
        return responder.with(List.of("-XX:ArchiveClassesAtExit=" + classes, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    }

    List<String> responderArguments() {
        return List.of("--config", responderFile.toString());
    }

    @Override
    public void close() {
        acquirers.close();
        forgetful.close();
        wire.close();
        postgres.close();
        broker.close();
    }
}
