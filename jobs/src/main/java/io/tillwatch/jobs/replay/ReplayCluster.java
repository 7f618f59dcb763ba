package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this process. It serves both passes, for starting one takes longer than many a replay. What Flink
 * does itself for a local environment, which has a cluster for each job; hence of Flink's inner classes.
 */
final class ReplayCluster implements AutoCloseable {

    private final MiniCluster cluster;

    private ReplayCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /** @param temporary where it may write; its owner deletes it */
    static ReplayCluster start(int parallelism, StateBackend stateBackend, Path temporary) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("io.tmp.dirs", temporary.toString());
        configuration.setString("rest.port", "0");
        configuration.setString("heartbeat.timeout", "600000"); // no pause of this process means that it is lost
        if (stateBackend == StateBackend.ROCKSDB) {
            configuration.setString("taskmanager.memory.managed.size", "512m");
        }
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .build());
        cluster.start();
        return new ReplayCluster(cluster);
    }

    /** An environment to build a job in, for {@link #execute}. */
    static StreamExecutionEnvironment environment(ReplaySettings settings) {
        Configuration configuration = JobEnvironment.common(settings.parallelism());
        configuration.setString("execution.buffer-timeout.enabled", "false"); // nobody waits for a single record
        configuration.setString("restart-strategy.type", "none");
        configuration.setString(
                "state.backend.type",
                switch (settings.stateBackend()) {
                    case HEAP -> "hashmap";
                    case ROCKSDB -> "rocksdb";
                });
        return new StreamExecutionEnvironment(configuration);
    }

    /** Runs a job to its end. */
    void execute(StreamExecutionEnvironment environment, String name) throws Exception {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        cluster.executeJobBlocking(graph.getJobGraph());
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
