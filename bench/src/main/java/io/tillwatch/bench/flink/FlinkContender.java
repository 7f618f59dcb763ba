package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender;
import io.tillwatch.bench.contender.ContenderName.Keeps;
import io.tillwatch.bench.contender.Setting;
import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Jobs in a Flink cluster within this process, all under the settings of {@link JobEnvironment#live}: checkpoints every ten
 * seconds, exactly once, incremental with RocksDB.
 */
public final class FlinkContender implements Contender {

    private static final String GROUP = "bench";

    private final Setting setting;
    private final Keeps keeps;
    private final FlinkJobs jobs;
    private final MiniCluster cluster;

    private FlinkContender(Setting setting, Keeps keeps, FlinkJobs jobs, MiniCluster cluster) {
        this.setting = setting;
        this.keeps = keeps;
        this.jobs = jobs;
        this.cluster = cluster;
    }

    /** Starts the cluster. */
    public static FlinkContender start(Setting setting, Keeps keeps, FlinkJobs jobs) throws Exception {
        MiniCluster cluster = new MiniCluster(clusterOf(setting, keeps));
        cluster.start();
        return new FlinkContender(setting, keeps, jobs, cluster);
    }

    @Override
    public void drain() throws Exception {
        for (FlinkJob job : jobs.inOrder()) {
            StreamExecutionEnvironment environment = JobEnvironment.live(settings(), this::environment);
            job.define(environment, settings());
            StreamGraph plan = environment.getStreamGraph();
            plan.setJobName(GROUP);
            cluster.executeJobBlocking(plan.getJobGraph());
        }
    }

    @Override
    public void tidy() {
        // a job that has ended has deleted its checkpoints
    }

    @Override
    public Found found() {
        return jobs.found(setting.bootstrapServers());
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    private JobSettings settings() {
        String[] arguments = {
            "--bootstrap", setting.bootstrapServers(), "--parallelism", Integer.toString(setting.parallelism())
        };
        JobSettings.Result result = JobSettings.of(arguments, Map.of(), GROUP);
        if (result instanceof JobSettings.Result.Bad bad) {
            throw new IllegalStateException(String.join("; ", bad.problems()));
        }
        return ((JobSettings.Result.Good) result).settings();
    }

    private StreamExecutionEnvironment environment(Configuration configuration) {
        configuration.set(
                StateBackendOptions.STATE_BACKEND,
                switch (keeps) {
                    case HEAP -> "hashmap";
                    case ROCKSDB -> "rocksdb";
                });
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, keeps == Keeps.ROCKSDB);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                setting.directory().resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        // Else the job's end would wait for the next checkpoint, up to ten seconds.
        configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    private static MiniClusterConfiguration clusterOf(Setting setting, Keeps keeps) {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, setting.parallelism());
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(keeps == Keeps.ROCKSDB ? 1024 : 64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        configuration.set(RestOptions.BIND_PORT, "0");
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(setting.parallelism())
                .build();
    }
}
