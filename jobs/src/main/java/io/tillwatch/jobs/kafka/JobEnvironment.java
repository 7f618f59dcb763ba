package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.kafka.JobSettings.Result;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What all jobs ask of Flink, whatever the cluster's own configuration says. */
public final class JobEnvironment {

    /** Keys are spread over so many groups; it can never be changed for state that exists. */
    public static final int PARALLELISM_MAX = 1024;

    private JobEnvironment() {}

    /** Reads a job's arguments; prints every problem and ends with exit code 2 when there is one. */
    public static JobSettings settingsOrExit(String[] args, String defaultGroupId) {
        Result result = JobSettings.of(args, System.getenv(), defaultGroupId);
        if (result instanceof Result.Bad bad) {
            bad.problems().forEach(System.err::println);
            System.exit(2);
        }
        return ((Result.Good) result).settings();
    }

    /** The environment of a live job. */
    public static StreamExecutionEnvironment live(
            JobSettings settings, Function<Configuration, StreamExecutionEnvironment> create) {
        Configuration configuration = common(settings.parallelism());
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, settings.watermarkEvery());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointEvery());
        // Barriers keep their place among the records: unaligned ones would put the clock after records in flight.
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        // A job that ended because there is no room for its checkpoints would read everything since the last one
        // again and again, and raise alerts late. It goes on; what a restart reads again grows with the newest one's
        // age.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return create.apply(configuration);
    }

    /** What holds for live jobs and for replay. */
    public static Configuration common(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, PARALLELISM_MAX);
        configuration.setString("parallelism.default", Integer.toString(parallelism));
        configuration.setString("execution.buffer-timeout.interval", "5 ms");
        return configuration;
    }
}
