package io.tillwatch.bench.flink;

import io.tillwatch.jobs.kafka.JobSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that reads the feeds to their present end. */
public interface FlinkJob {

    /** Builds it. */
    void define(StreamExecutionEnvironment environment, JobSettings settings) throws Exception;
}
