package io.tillwatch.catalog.follow;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink within this process. It starts with its first job, so that a question is refused without, and it outlives its jobs: Flink's own local environment goes down with the job, and with it the last
 * rows of an answer that nobody has fetched yet.
 */
final class EmbeddedFlink implements AutoCloseable {

    private static final String NAME = "embedded";
    private static final MemorySize MEMORY = MemorySize.ofMebiBytes(32);

    private final MiniCluster cluster;

    EmbeddedFlink() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MEMORY);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MEMORY);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MEMORY);
        configuration.set(RestOptions.BIND_PORT, "0");
        // Who can reach the port must not be able to run code.
        configuration.setString("web.submit.enable", "false");
        configuration.setString("web.cancel.enable", "false");
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    }

    /** An environment whose jobs run here. */
    StreamExecutionEnvironment environment(Configuration configuration) {
        // It wants to be told, though there is nothing to choose.
        configuration.set(DeploymentOptions.TARGET, NAME);
        return new StreamExecutionEnvironment(
                new Here(), configuration, Thread.currentThread().getContextClassLoader());
    }

    private void start() {
        if (!cluster.isRunning()) {
            try {
                cluster.start();
            } catch (Exception e) {
                throw new IllegalStateException("Flink does not start within this process", e);
            }
        }
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    /** What runs jobs is not chosen among what is on the class path: it is this cluster. */
    private final class Here implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {

        @Override
        public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
            return this;
        }

        @Override
        public Stream<String> getExecutorNames() {
            return Stream.of(NAME);
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean isCompatibleWith(Configuration configuration) {
            return true;
        }

        @Override
        public PipelineExecutor getExecutor(Configuration configuration) {
            return this;
        }

        @Override
        public CompletableFuture<JobClient> execute(
                Pipeline pipeline, Configuration configuration, ClassLoader classLoader) {
            start();
            return cluster.submitJob(((StreamGraph) pipeline).getJobGraph())
                    .thenApply(submitted -> new MiniClusterJobClient(
                            submitted.getJobID(), cluster, classLoader, JobFinalizationBehavior.NOTHING));
        }
    }
}
