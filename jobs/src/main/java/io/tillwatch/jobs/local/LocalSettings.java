package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the jobs run in one process.
 *
 * @param job what the jobs are told
 * @param stateDirectory where checkpoints and savepoints are kept; a later start goes on from the newest
 * @param rocksDb whether state is kept in RocksDB rather than on the heap
 * @param webPort of Flink's web page and interface, on the loopback address; 0 for any
 * @param metricsPort where metrics are read in Prometheus' form, on all addresses of the machine; 0 for nowhere
 * @param stopWithin how long a stop may wait for savepoints; zero for a stop without them
 */
public record LocalSettings(
        JobSettings job, Path stateDirectory, boolean rocksDb, int webPort, int metricsPort, Duration stopWithin) {}
