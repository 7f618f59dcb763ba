package io.tillwatch.cli.cluster;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs Kafka or PostgreSQL for as long as this process lives, and ends when they do: {@code kafka|postgres DIR PORT}. Told to
 * end, it ends them in order first.
 */
public final class Keeper {

    private static final int ENDED = 1;

    private Keeper() {}

    public static void main(String[] args) {
        Path directory = Path.of(args[1]);
        int port = Integer.parseInt(args[2]);
        if (args[0].equals("kafka")) {
            kafka(directory, port);
        } else {
            postgres(directory, port);
        }
        System.exit(ENDED);
    }

    // What is started is stopped by its own hook when this JVM ends.
    private static void kafka(Path directory, int port) {
        // Kafka's own patience with a broker: on a busy machine this one must not be taken for dead.
        KafkaBroker broker = new KafkaBroker(BrokerSettings.in(directory)
                .withPort(port)
                .withHeapMegabytes(512)
                .withJvmArguments(List.of("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")))
                .withKafkaSetting("broker.session.timeout.ms", "9000")
                .withKafkaSetting("broker.heartbeat.interval.ms", "2000"));
        broker.start();
        System.out.println("Kafka is up, as process " + broker.pid());
        awaitEnd("Kafka", broker.pid());
    }

    private static void postgres(Path directory, int port) {
        PostgresServer server =
                new PostgresServer(PostgresSettings.in(directory).withPort(port));
        server.start();
        System.out.println("PostgreSQL is up, as process " + server.pid());
        awaitEnd("PostgreSQL", server.pid());
    }

    private static void awaitEnd(String what, long pid) {
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        System.out.println(what + " has ended");
    }
}
