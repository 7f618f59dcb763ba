package io.tillwatch.jobs.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Runs both jobs in a Flink cluster within this process, each from its newest checkpoint. */
public final class LocalJobs implements AutoCloseable {

    private static final String PROMETHEUS = "metrics.reporter.prometheus.";
    private static final String PROMETHEUS_FACTORY = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

    private final MiniCluster cluster;
    private final CompletableFuture<String> ended;

    private LocalJobs(MiniCluster cluster, CompletableFuture<String> ended) {
        this.cluster = cluster;
        this.ended = ended;
    }

    /** Builds and starts the jobs. Kafka must be there with all topics. */
    public static LocalJobs start(LocalSettings settings) throws Exception {
        MiniCluster cluster = new MiniCluster(clusterOf(settings));
        cluster.start();
        try {
            List<CompletableFuture<String>> ended = new ArrayList<>();
            for (String name : JobGraphs.NAMES) {
                ended.add(submit(cluster, settings, name));
            }
            return new LocalJobs(
                    cluster,
                    CompletableFuture.anyOf(ended.toArray(CompletableFuture[]::new))
                            .thenApply(String.class::cast));
        } catch (Exception e) {
            cluster.closeAsync().join();
            throw e;
        }
    }

    /** Completes when a job has ended, which it never should, with why. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Stops both jobs where they are; the next start goes on from their newest checkpoints. */
    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    private static CompletableFuture<String> submit(MiniCluster cluster, LocalSettings settings, String name)
            throws Exception {
        StreamExecutionEnvironment environment = JobGraphs.build(
                name,
                settings.job(),
                settings.stateDirectory(),
                settings.rocksDb(),
                StreamExecutionEnvironment::getExecutionEnvironment);
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(name);
        JobGraph graph = plan.getJobGraph();
        JobGraphs.newestCheckpoint(settings.stateDirectory(), name)
                .ifPresent(path -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(path)));
        JobID job = cluster.submitJob(graph).get().getJobID();
        return cluster.requestJobResult(job).thenApply(result -> name + " ended: " + why(result));
    }

    private static String why(JobResult result) {
        return result.getSerializedThrowable()
                .map(Throwable::toString)
                .orElseGet(() -> result.getJobStatus().map(Enum::name).orElse("for no known reason"));
    }

    private static MiniClusterConfiguration clusterOf(LocalSettings settings) {
        Configuration configuration = new Configuration();
        // Slots are shared within a job, not between jobs.
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * settings.job().parallelism());
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(settings.rocksDb() ? 512 : 64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(RestOptions.BIND_PORT, Integer.toString(settings.webPort()));
        if (settings.metricsPort() != 0) {
            configuration.setString(PROMETHEUS + "factory.class", PROMETHEUS_FACTORY);
            configuration.setString(PROMETHEUS + "port", Integer.toString(settings.metricsPort()));
        }
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2 * settings.job().parallelism())
                .build();
    }

    /** Where Flink's web page is. */
    public String webAddress() throws Exception {
        return cluster.getRestAddress().get().toString();
    }
}
