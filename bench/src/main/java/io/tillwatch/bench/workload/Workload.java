package io.tillwatch.bench.workload;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A workload in a broker of its own process. What was written once to a directory is used again by later runs of the same
 * plan.
 */
public final class Workload implements AutoCloseable {

    private static final int BROKER_MEGABYTES = 1024;
    private static final String WRITTEN = "workload.properties";
    private static final String TRUTH = "truth.txt";

    private final KafkaBroker broker;
    private final Path directory;
    private final long records;

    private Workload(KafkaBroker broker, Path directory, long records) {
        this.broker = broker;
        this.directory = directory;
        this.records = records;
    }

    /** The directory holds another workload, or half of one. */
    public static final class OtherWorkloadException extends RuntimeException {
        OtherWorkloadException(String message) {
            super(message);
        }
    }

    /**
     * Starts the broker, and writes the workload unless it is there.
     *
     * @throws OtherWorkloadException if another one is there, or one that was not finished
     */
    public static Workload open(Plan plan, Path directory) throws IOException {
        Path written = directory.resolve(WRITTEN);
        Path data = directory.resolve("broker");
        if (Files.exists(written)) {
            return reopen(plan, directory, written, data);
        }
        if (Files.exists(data)) {
            throw new OtherWorkloadException(
                    directory + " holds a workload that was not written to its end: remove it, or name another");
        }
        Files.createDirectories(directory);
        KafkaBroker broker = start(data);
        try {
            long records = write(plan, broker.bootstrapServers(), directory.resolve(TRUTH));
            try (Writer out = Files.newBufferedWriter(written)) {
                properties(plan, records).store(out, null);
            }
            return new Workload(broker, directory, records);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static Workload reopen(Plan plan, Path directory, Path written, Path data) throws IOException {
        Properties there = new Properties();
        try (Reader in = Files.newBufferedReader(written)) {
            there.load(in);
        }
        long records = Long.parseLong(there.getProperty("records"));
        if (!there.equals(properties(plan, records))) {
            throw new OtherWorkloadException(directory + " holds another workload, " + there + ": ask for "
                    + properties(plan, records) + " in another directory, or for that one");
        }
        return new Workload(start(data), directory, records);
    }

    private static Properties properties(Plan plan, long records) {
        Properties properties = new Properties();
        properties.setProperty("seed", Long.toString(plan.seed()));
        properties.setProperty("payments", Integer.toString(plan.payments()));
        properties.setProperty("days", Integer.toString(plan.days()));
        properties.setProperty("records", Long.toString(records));
        return properties;
    }

    private static KafkaBroker start(Path data) {
        KafkaBroker broker = new KafkaBroker(BrokerSettings.in(data)
                .withHeapMegabytes(BROKER_MEGABYTES)
                .withKafkaSetting("broker.session.timeout.ms", "9000")
                .withKafkaSetting("broker.heartbeat.interval.ms", "2000"));
        broker.start();
        return broker;
    }

    private static long write(Plan plan, String bootstrapServers, Path truth) throws IOException {
        TopicAdmin admin = new TopicAdmin(bootstrapServers);
        try (admin) {
            BenchTopics.create(admin);
        }
        KafkaLog log = new KafkaLog(bootstrapServers);
        try (log) {
            Truth known = new Payments(plan).write(log);
            log.finish(plan.endMillis());
            known.write(truth);
        }
        return log.records();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** How many records the feeds hold, pulses aside. */
    public long records() {
        return records;
    }

    /** Where the truth about the payments is written. */
    public Path truthFile() {
        return directory.resolve(TRUTH);
    }

    @Override
    public void close() {
        broker.close();
    }
}
