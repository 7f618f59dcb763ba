package io.tillwatch.cli.live;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A broker with all topics, the pulse writer, and the jobs, on this machine. Closing it leaves no process behind. */
public final class LocalSystem implements AutoCloseable {

    private static final int JOBS_MEGABYTES = 1536;

    private final KafkaBroker broker;
    private final PulseWriter pulses;
    private final JobsProcess jobs;

    private LocalSystem(KafkaBroker broker, PulseWriter pulses, JobsProcess jobs) {
        this.broker = broker;
        this.pulses = pulses;
        this.jobs = jobs;
    }

    /**
     * What the system is made of.
     *
     * @param directory for data and logs
     * @param partitions of each feed
     * @param parallelism of the jobs
     * @param rocksDb whether the jobs keep their state in RocksDB
     * @param checkpointEvery as an ISO 8601 duration
     * @param jobsHeapMegabytes the most that the jobs' JVM may have
     * @param webPort of Flink's interface; 0 for any
     * @param metricsPort of the jobs' metrics; 0 for none
     */
    public record Plan(
            Path directory,
            int partitions,
            int parallelism,
            boolean rocksDb,
            String checkpointEvery,
            int jobsHeapMegabytes,
            int webPort,
            int metricsPort) {

        /** With the jobs' usual heap. */
        public Plan(Path directory, int partitions, int parallelism, boolean rocksDb, String checkpointEvery) {
            this(directory, partitions, parallelism, rocksDb, checkpointEvery, JOBS_MEGABYTES, 0, 0);
        }
    }

    /** Starts broker and pulses; the jobs are started by {@link #startJobs}, after policies were written. */
    public static LocalSystem start(Plan plan) {
        // Kafka's own patience with a broker: on a busy machine this one must not be taken for dead.
        KafkaBroker broker = new KafkaBroker(BrokerSettings.in(plan.directory().resolve("broker"))
                .withHeapMegabytes(768)
                .withKafkaSetting("broker.session.timeout.ms", "9000")
                .withKafkaSetting("broker.heartbeat.interval.ms", "2000"));
        broker.start();
        createTopics(broker.bootstrapServers(), plan.partitions());
        List<String> pulsed = Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(topic -> topic.name(Topic.DEFAULT_PREFIX))
                .toList();
        PulseWriter pulses = PulseWriter.start(
                PulseSettings.of(pulsed), Map.of("bootstrap.servers", broker.bootstrapServers()), Clock.systemUTC());
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap", broker.bootstrapServers(),
                "--parallelism", Integer.toString(plan.parallelism()),
                "--checkpoint-every", plan.checkpointEvery(),
                "--state", plan.rocksDb() ? "rocksdb" : "heap",
                "--web-port", Integer.toString(plan.webPort()),
                "--metrics-port", Integer.toString(plan.metricsPort()),
                "--state-dir", plan.directory().resolve("checkpoints").toString(),
                // What is thrown away at the end needs none.
                "--stop-within", "PT0S"));
        JobsProcess jobs = new JobsProcess(plan.directory().resolve("jobs.log"), plan.jobsHeapMegabytes(), arguments);
        return new LocalSystem(broker, pulses, jobs);
    }

    private static void createTopics(String bootstrap, int partitions) {
        List<TopicSpec> topics = Arrays.stream(Topic.values())
                .map(topic -> new TopicSpec(
                        topic.name(Topic.DEFAULT_PREFIX),
                        Math.min(partitions, topic.defaultPartitions()),
                        topic.config()))
                .toList();
        TopicAdmin admin = new TopicAdmin(bootstrap);
        try (admin) {
            admin.create(topics);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** @param more arguments of the jobs, which win over the plan's */
    public void startJobs(String... more) {
        jobs.start(more);
    }

    /** Stops the jobs in order, with savepoints if they were started with time for it; gives their exit code. */
    int stopJobs() throws InterruptedException {
        return jobs.stop();
    }

    /** Whether the jobs' process runs. */
    public boolean jobsAlive() {
        return jobs.isAlive();
    }

    /** Of the jobs' process, which must run. */
    long jobsPid() {
        return jobs.pid();
    }

    /** The CPU time of the jobs' process since it was started. */
    public Duration jobsCpu() {
        return jobs.cpu();
    }

    /** Ends the jobs as a power cut would. */
    public void killJobs() throws InterruptedException {
        jobs.kill();
    }

    @Override
    public void close() {
        jobs.close();
        pulses.close();
        broker.close();
    }
}
