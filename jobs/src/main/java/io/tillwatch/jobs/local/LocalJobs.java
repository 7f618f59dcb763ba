package io.tillwatch.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Runs both jobs in a Flink cluster within this process, each from its newest savepoint or checkpoint. */
public final class LocalJobs implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROMETHEUS = "metrics.reporter.prometheus.";
    private static final String PROMETHEUS_FACTORY = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

    /** A savepoint is as large as the state, and one that was upgraded from may be wanted back. */
    private static final int SAVEPOINTS_KEPT = 3;

    private final MiniCluster cluster;
    private final LocalSettings settings;
    private final Map<String, JobID> jobs;
    private final CompletableFuture<String> ended;

    private LocalJobs(
            MiniCluster cluster, LocalSettings settings, Map<String, JobID> jobs, CompletableFuture<String> ended) {
        this.cluster = cluster;
        this.settings = settings;
        this.jobs = jobs;
        this.ended = ended;
    }

    /** Builds and starts the jobs. Kafka must be there with all topics. */
    public static LocalJobs start(LocalSettings settings) throws Exception {
        MiniCluster cluster = new MiniCluster(clusterOf(settings));
        cluster.start();
        try {
            Map<String, JobID> jobs = new LinkedHashMap<>();
            List<CompletableFuture<String>> ended = new ArrayList<>();
            for (String name : JobGraphs.NAMES) {
                JobID job = submit(cluster, settings, name);
                jobs.put(name, job);
                ended.add(cluster.requestJobResult(job).thenApply(result -> name + " ended: " + why(result)));
            }
            return new LocalJobs(
                    cluster,
                    settings,
                    jobs,
                    CompletableFuture.anyOf(ended.toArray(CompletableFuture[]::new))
                            .thenApply(String.class::cast));
        } catch (Exception e) {
            cluster.closeAsync().join();
            throw e;
        }
    }

    /** Completes when a job has ended, which it never should unless it was stopped, with why. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /**
     * Stops both jobs at the same time, each with a savepoint, from which the next start goes on: nothing is read again, and
     * nothing is told again. The clock stands where it is: deadlines that have not passed do not pass by this.
     *
     * <p>The savepoints are in Flink's canonical form, which can be restored with another parallelism and into another kind
     * of state. A job that has none in time goes on from its newest checkpoint at the next start.
     */
    public List<Stopped> stopWithSavepoints() {
        Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
        jobs.forEach((name, job) -> asked.put(
                name,
                cluster.stopWithSavepoint(
                                job,
                                JobGraphs.savepoints(settings.stateDirectory(), name)
                                        .toUri()
                                        .toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .orTimeout(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS)));
        List<Stopped> stopped = new ArrayList<>();
        asked.forEach((name, savepoint) -> stopped.add(stopped(name, savepoint)));
        return stopped;
    }

    private Stopped stopped(String name, CompletableFuture<String> savepoint) {
        try {
            Stopped stopped = new Stopped(name, Optional.of(savepoint.join()), "");
            Checkpoints.keepNewest(SAVEPOINTS_KEPT, JobGraphs.savepoints(settings.stateDirectory(), name));
            return stopped;
        } catch (CompletionException e) {
            String why = e.getCause() instanceof TimeoutException
                    ? "none within " + settings.stopWithin()
                    : e.getCause().toString();
            return new Stopped(name, Optional.empty(), why);
        } catch (IOException | UncheckedIOException e) {
            // The new one is there; the old ones are tried again at the next stop.
            return new Stopped(name, Optional.of(savepoint.join()), "");
        }
    }

    /** Stops both jobs where they are; the next start goes on from their newest savepoints or checkpoints. */
    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    private static JobID submit(MiniCluster cluster, LocalSettings settings, String name) throws Exception {
        StreamExecutionEnvironment environment = JobGraphs.build(
                name,
                settings.job(),
                settings.stateDirectory(),
                settings.rocksDb(),
                StreamExecutionEnvironment::getExecutionEnvironment);
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(name);
        JobGraph graph = plan.getJobGraph();
        Optional<String> from = JobGraphs.newestCheckpoint(settings.stateDirectory(), name);
        from.ifPresent(path -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(path)));
        System.out.println(name + " starts " + from.map(path -> "from " + path).orElse("with no state"));
        return cluster.submitJob(graph).get().getJobID();
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
        // Flink would listen on all addresses, ask nobody who they are, and run whatever program it is given.
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.CANCEL_ENABLE, false);
        configuration.set(WebOptions.RESCALE_ENABLE, false);
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

    /** Where Flink's web page is: for this machine alone, and to look at. */
    public String webAddress() throws Exception {
        return cluster.getRestAddress().get().toString();
    }
}
