package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;

/**
 * How the jobs run in one process.
 *
 * @param job what the jobs are told
 * @param stateDirectory where checkpoints are kept; a later start goes on from the newest
 * @param rocksDb whether state is kept in RocksDB rather than on the heap
 * @param webPort of Flink's web page and interface; 0 for any
 * @param metricsPort where metrics are read in Prometheus' form, on all addresses of the machine; 0 for nowhere
 */
public record LocalSettings(JobSettings job, Path stateDirectory, boolean rocksDb, int webPort, int metricsPort) {}
