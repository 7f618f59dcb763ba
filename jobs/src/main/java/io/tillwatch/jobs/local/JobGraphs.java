package io.tillwatch.jobs.local;

import io.tillwatch.jobs.duplicates.DuplicatesJob;
import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.lifecycle.LifecycleJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Both jobs, built to keep their checkpoints below one directory, each in its own. */
final class JobGraphs {

    /** The names of both jobs, in the order in which they are started. */
    static final List<String> NAMES = List.of(LifecycleJob.NAME, DuplicatesJob.NAME);

    private JobGraphs() {}

    /**
     * Builds one.
     *
     * @param name one of {@link #NAMES}, and its consumer group
     * @param create what it is to be run in
     */
    static StreamExecutionEnvironment build(
            String name,
            JobSettings job,
            Path stateDirectory,
            boolean rocksDb,
            Function<Configuration, StreamExecutionEnvironment> create)
            throws InterruptedException, ExecutionException {
        StreamExecutionEnvironment environment = JobEnvironment.live(job, configuration -> {
            configuration.set(StateBackendOptions.STATE_BACKEND, rocksDb ? "rocksdb" : "hashmap");
            configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, rocksDb);
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints(stateDirectory, name).toUri().toString());
            return create.apply(configuration);
        });
        if (name.equals(LifecycleJob.NAME)) {
            LifecycleJob.define(environment, job.inGroup(name));
        } else {
            DuplicatesJob.define(environment, job.inGroup(name));
        }
        return environment;
    }

    /** The newest complete checkpoint or savepoint of a job, as Flink names it; nothing if there is none. */
    static Optional<String> newestCheckpoint(Path stateDirectory, String name) {
        return Checkpoints.newest(checkpoints(stateDirectory, name))
                .map(path -> path.toUri().toString());
    }

    /** Where a job's savepoints are, each in a directory of its own. */
    static Path savepoints(Path stateDirectory, String name) {
        return checkpoints(stateDirectory, name).resolve("savepoints");
    }

    private static Path checkpoints(Path stateDirectory, String name) {
        return stateDirectory.resolve(name).toAbsolutePath();
    }
}
