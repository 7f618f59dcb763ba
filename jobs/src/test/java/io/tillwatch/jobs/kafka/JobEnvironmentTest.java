package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What all jobs ask of Flink. */
class JobEnvironmentTest {

    private static final JobSettings SETTINGS = new JobSettings(
            new Properties(),
            "tillwatch.",
            "g",
            3,
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            List.of(),
            Optional.empty());

    @Test
    @DisplayName("no generic types, object reuse, a maximum parallelism of 1024 for ever")
    void asksForWhatEveryJobRestsOn() {
        StreamExecutionEnvironment environment =
                JobEnvironment.live(SETTINGS, StreamExecutionEnvironment::getExecutionEnvironment);

        assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
        assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
        assertThat(environment.getMaxParallelism()).isEqualTo(1024);
        assertThat(environment.getParallelism()).isEqualTo(3);
        assertThat(environment.getConfig().getAutoWatermarkInterval()).isEqualTo(20);
        assertThat(environment.getBufferTimeout()).isEqualTo(5);
        assertThat(environment.getCheckpointConfig().getCheckpointInterval()).isEqualTo(7000);
    }

    @Test
    void keepsCheckpointsAlignedWhateverTheClustersConfigurationSays() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        cluster.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        cluster.set(PipelineOptions.GENERIC_TYPES, true);
        cluster.set(PipelineOptions.MAX_PARALLELISM, 128);
        cluster.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);

        StreamExecutionEnvironment environment = JobEnvironment.live(SETTINGS, ours -> {
            cluster.addAll(ours);
            return StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        });

        assertThat(environment.getCheckpointConfig().isUnalignedCheckpointsEnabled())
                .isFalse();
        assertThat(environment.getCheckpointConfig().getCheckpointingConsistencyMode())
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(environment.getCheckpointConfig().getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
        assertThat(environment.getMaxParallelism()).isEqualTo(JobEnvironment.PARALLELISM_MAX);
    }
}
